"""Which behaviour classifier labels a conversation: learned where its weights are on this machine, else rules, told."""

from __future__ import annotations

from listener.adapters.answer_reader_onnx import OnnxAnswerReader
from listener.adapters.behaviour_heads_npz import read_heads
from listener.adapters.model_store import State, open_store
from listener.adapters.sentence_encoder_onnx import OnnxSentenceEncoder
from listener.analysis.behaviours.learned import LearnedBehaviours
from listener.app.analyse import BY_RULES, Labelling
from listener.app.heard import Heard
from listener.app.settings import default_threads

SENTENCES, NETWORK, HEADS = "minilm-l6-v2-int8", "behaviour-network-int8", "behaviour-heads"
TOKENIZER_FILE = "minilm-l6-v2-tokenizer.json"

LEARNED = f"{BY_RULES} and heads 3"
RULES_ONLY_NOTE = (
    "Listening behaviours were found by rules alone, which miss more: their weights are not on this machine. "
    "Reinstall Listener to restore them, then run this again."
)


def labelling(threads: int | None = None) -> Labelling:
    """The best classifier on this machine; MissingModel where its weights are there but damaged."""
    store = open_store()
    names = (SENTENCES, NETWORK, HEADS)
    needed = [model for model in store.manifest.models if model.name in names]
    if len(needed) < len(names) or any(store.look(model).state is State.MISSING for model in needed):
        return Labelling(notes=(RULES_ONLY_NOTE,))
    sentences, network, heads = (store.verified(name) for name in names)
    words, workers = sentences.folder / TOKENIZER_FILE, threads or default_threads()
    return Labelling(
        LearnedBehaviours(
            OnnxSentenceEncoder(sentences.file, words, workers),
            OnnxAnswerReader(network.file, words, workers),
            read_heads(heads.file),
        ),
        LEARNED,
        {SENTENCES: sentences.sha256, NETWORK: network.sha256, HEADS: heads.sha256},
    )


def labelling_of(heard: Heard, threads: int | None = None) -> Labelling:
    """The best classifier for what was heard; without words there is nothing to label and nothing is loaded."""
    return labelling(threads) if heard.has_words else Labelling()
