"""Voice embeddings with 3D-Speaker's CAM++ (zh+en) as ONNX (Apache-2.0)."""

from __future__ import annotations

from pathlib import Path

import kaldi_native_fbank as knf
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from listener.adapters.onnx_session import open_session
from listener.ports import SAMPLE_RATE, Samples

MEL_BINS = 80
INT16_FULL_SCALE = 32768.0


class OnnxSpeakerEncoder:
    """SpeakerEncoder: 80 Kaldi filter banks, mean-normalised, then CAM++; 192 dimensions, unit length."""

    def __init__(self, weights: Path, threads: int = 2) -> None:
        self._session: onnxruntime.InferenceSession = open_session(weights, threads)
        self._options = knf.FbankOptions()
        self._options.frame_opts.dither = 0.0
        self._options.frame_opts.samp_freq = SAMPLE_RATE
        self._options.mel_opts.num_bins = MEL_BINS

    def embed(self, speech: Samples) -> NDArray[np.float32]:
        """Unit-length embedding, shape (192,), of speech of shape (samples,), at least 25 ms."""
        bank = knf.OnlineFbank(self._options)
        bank.accept_waveform(SAMPLE_RATE, (speech * INT16_FULL_SCALE).tolist())
        bank.input_finished()
        features = np.stack([bank.get_frame(i) for i in range(bank.num_frames_ready)]).astype(np.float32)
        features -= features.mean(axis=0)
        embedding: NDArray[np.float32] = self._session.run(None, {"fbank": features[None]})[0][0]
        return embedding / np.linalg.norm(embedding)
