"""One way to open ONNX weights: on the CPU, quiet, with a set number of threads so that results repeat."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

from listener.errors import MissingModel


def open_session(weights: Path, threads: int) -> onnxruntime.InferenceSession:
    """An inference session; MissingModel where the file is absent or is no such model."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise MissingModel(
            f"The weights {weights.name} cannot be loaded.",
            "Run `listener models verify` to see which files are damaged; reinstall Listener to restore them.",
        ) from error
