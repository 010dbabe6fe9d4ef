"""From a recording to speech and words: opens the models that are needed and runs the streamed passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, cast

from listener import __version__
from listener.adapters import swift_f0_pitch
from listener.adapters.audio_file import AudioFile
from listener.adapters.model_store import State, file_sha256, open_store
from listener.adapters.segmentation_onnx import OnnxSegmenter
from listener.adapters.speaker_encoder_onnx import OnnxSpeakerEncoder
from listener.adapters.swift_f0_pitch import SwiftF0Pitch
from listener.adapters.webrtc_vad import WebRtcVad
from listener.adapters.whisper import BEAM_SIZE, WhisperTranscriber
from listener.analysis.manner_parameters import MannerParameters
from listener.analysis.one_mic import OneMicModels, enrol, speech_on_one_mic
from listener.analysis.one_mic_parameters import OneMicParameters
from listener.analysis.prompted import Prompt
from listener.analysis.transcription import transcribe
from listener.analysis.two_mics import TwoMicParameters, mics_in_use, speech_on_two_mics
from listener.analysis.voices import Embedding
from listener.app.hear_voices import hear_voices, prompt_of
from listener.app.heard import Heard
from listener.app.resume import Findings, FoundSpeech, RememberingTranscriber
from listener.app.settings import default_threads
from listener.app.told_source import ToldSource
from listener.domain.report import Json
from listener.domain.speech import PARTNERS, PartnerId
from listener.errors import BadAudio
from listener.ports import AudioSource, Progress, SpeakerEncoder, Transcriber

DEFAULT_MODEL = "base"
SEGMENTER, ENCODER = "segmentation-3.0", "campplus-zh-en"

NO_WORDS = "Words are pending: this is a report from sound alone (no transcription was asked for)."
WORDS_MISSING = (
    "Words are pending: the transcription weights are not on this machine, so this is a report from sound alone. "
    "Get them with `listener models fetch base`, then replay the recording again."
)
NOT_ENROLLED = (
    "Not both are enrolled: the two voices were told apart by sound alone; with no enrolment A is whoever spoke first. "
    "With a recorded sentence of each (`--enroll A=FILE --enroll B=FILE`) they carry the right names."
)
ONE_MIC_NOTES = {
    "same_signal": "Both channels carry the same signal, so the recording was taken as one microphone.",
    "silent_channel": "One of the two channels is silent, so the recording was taken as one microphone.",
}
TWO_MICS_STAGE = "Telling microphones apart"
TWO_MICS_PASSES = 10
"""How often a recording with two channels is streamed at most before its words are transcribed."""

NO_SPEECH = "No speech was found in this recording."


@dataclass(frozen=True, slots=True)
class Listening:
    """How to listen to a recording. `model` None: the default weights where present, else sound alone, told."""

    enrolment: Mapping[PartnerId, Path]
    mics: Literal["auto", "one", "two"] = "auto"
    model: str | None = None
    channels: tuple[int, ...] | None = None
    threads: int = field(default_factory=default_threads)


def hear(recording: Path, listening: Listening, progress: Progress, findings: Findings | None = None) -> Heard:
    """Speech of both partners and their words. BadAudio and MissingModel where the input or weights do not allow it.

    `findings` keeps what is found on the way, so that an analysis which was stopped goes on where it was.
    """
    findings = findings or Findings()
    source = AudioFile(recording, listening.channels)
    told = ToldSource(source, progress, TWO_MICS_STAGE, TWO_MICS_PASSES)
    mics, notes = _microphones(told, listening)
    models: dict[str, str] = {}
    transcriber, words_note = _transcriber(listening, models, findings)
    parameters: dict[str, Json] = (
        {"two_mics": cast("Json", asdict(TwoMicParameters()))}
        if mics == "two"
        else {"one_mic": cast("Json", asdict(OneMicParameters()))}
    )
    parameters |= {"threads": listening.threads, "voice": cast("Json", asdict(MannerParameters()))}
    models[swift_f0_pitch.NAME] = file_sha256(swift_f0_pitch.WEIGHTS)
    find = _two_mics(told) if mics == "two" else _one_mic(source, listening, models, progress)
    files = [recording, *listening.enrolment.values()]

    @cache
    def basis() -> object:
        return __version__, [file_sha256(file) for file in files], listening.channels, parameters, models

    found = findings.speech(basis, find)
    speech = found.ipus
    voices = findings.voices(basis, lambda: hear_voices(source, speech, mics == "two", listening.enrolment, progress))
    if found.reverberation is not None:
        parameters |= {"measured": {"reverberation": found.reverberation}}
    source.measure()
    notes += [NOT_ENROLLED] if mics == "one" and len(listening.enrolment) < 2 else []
    if source.channels == 2:
        progress(TWO_MICS_STAGE, 1.0)
    utterances = transcribe(source, speech, transcriber, progress, mics) if transcriber else ()
    notes += [words_note] if words_note else []
    return Heard(
        speech=speech,
        two_at_once=found.two_at_once,
        voices=voices,
        utterances=utterances,
        has_words=transcriber is not None,
        duration_ms=source.duration_ms,
        mics=mics,
        models=models,
        parameters=parameters,
        notes=tuple(notes + _damage(source) + ([] if speech else [NO_SPEECH])),
        lost_ms=source.missing_ms,
    )


def _microphones(source: AudioSource, listening: Listening) -> tuple[Literal["one", "two"], list[str]]:
    if listening.mics == "two" and source.channels != 2:
        raise BadAudio(
            "The recording has one channel, not two microphones.", "Leave out `--mics two`, or use `--mics one`."
        )
    if listening.mics == "one" or source.channels == 1:
        return "one", []
    if listening.mics == "two":
        return "two", []
    use = mics_in_use(source)
    return ("two", []) if use == "two_signals" else ("one", [note for note in [ONE_MIC_NOTES.get(use)] if note])


def _two_mics(source: AudioSource) -> Callable[[], FoundSpeech]:
    return lambda: FoundSpeech(speech_on_two_mics(source, (WebRtcVad(), WebRtcVad()), TwoMicParameters()))


def _one_mic(
    source: AudioFile, listening: Listening, models: dict[str, str], progress: Progress
) -> Callable[[], FoundSpeech]:
    """What finds the speech. The weights are checked now and named in `models`; the networks open when it is called."""
    store = open_store()
    segmentation, embedding = store.verified(SEGMENTER), store.verified(ENCODER)
    models |= {SEGMENTER: segmentation.sha256, ENCODER: embedding.sha256}

    def find() -> FoundSpeech:
        encoder = OnnxSpeakerEncoder(embedding.file, listening.threads)
        voices = {partner: enrolled_voice(path, encoder) for partner, path in sorted(listening.enrolment.items())}
        segmenter = OnnxSegmenter(segmentation.file, listening.threads)
        networks = OneMicModels(segmenter, encoder, voices, _prompts(listening))
        speech = speech_on_one_mic(source, networks, OneMicParameters(), progress)
        return FoundSpeech(speech.ipus, speech.two_at_once, speech.reverberation)

    return find


def _prompts(listening: Listening) -> tuple[Prompt, Prompt] | None:
    """What both partners said at enrolment; None unless both are enrolled."""
    if len(listening.enrolment) < len(PARTNERS):
        return None
    tracker = SwiftF0Pitch()
    first, second = (prompt_of(listening.enrolment[partner], tracker) for partner in PARTNERS)
    return first, second


def enrolled_voice(path: Path, encoder: SpeakerEncoder) -> Embedding:
    """The voice in an enrolment recording; BadAudio where it is too short."""
    voice = enrol(AudioFile(path), encoder)
    if voice is None:
        raise BadAudio(
            f"The enrolment {path.name} holds less than a second of speech.",
            "Record one sentence of about five seconds of this partner alone.",
        )
    return voice


def _transcriber(
    listening: Listening, models: dict[str, str], findings: Findings
) -> tuple[Transcriber | None, str | None]:
    """The transcriber and, where there is none, what to tell."""
    if listening.model == "none":
        return None, NO_WORDS
    store = open_store()
    if listening.model is None and store.look(store.manifest.model(DEFAULT_MODEL)).state is State.MISSING:
        return None, WORDS_MISSING
    weights = store.resolve(listening.model or DEFAULT_MODEL)
    models[weights.name] = weights.sha256
    transcriber = WhisperTranscriber(weights.folder, listening.threads)
    return RememberingTranscriber(
        transcriber, findings, f"{__version__} {weights.sha256} {listening.threads} {BEAM_SIZE}"
    ), None


def _damage(source: AudioFile) -> list[str]:
    notes = []
    if source.missing_ms > 0:
        notes.append("The file ends before the length it declares: it was cut off. What is there was analysed.")
    if source.damaged_ms > 0:
        notes.append("The file holds values that are no sound (not numbers); they were taken as silence.")
    return notes
