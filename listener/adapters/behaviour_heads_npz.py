"""The learned heads of the behaviour classifier in an .npz file: plain arrays, never pickles."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np

from listener.analysis.behaviours.features import LABELS
from listener.analysis.behaviours.learned import Heads
from listener.errors import MissingModel


def read_heads(path: Path) -> Heads:
    """The heads in a file; MissingModel where it is absent, damaged or made for other labels."""
    restore = "Reinstall Listener, or restore models/behaviours/ from the repository."
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
            labels = [str(label) for label in arrays["labels"]]
            heads = Heads(
                arrays["weights"].astype(np.float32),
                arrays["bias"].astype(np.float32),
                arrays["share"].astype(np.float32),
                arrays["thresholds"].astype(np.float32),
                arrays["trust"].astype(np.float32),
                {str(ngram): number for number, ngram in enumerate(arrays["ngrams"])},
            )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise MissingModel(f"The weights {path.name} cannot be read.", restore) from error
    if labels != [str(label) for label in LABELS]:
        raise MissingModel(f"The weights {path.name} are for other labels than this version knows.", restore)
    return heads


def write_heads(path: Path, heads: Heads) -> None:
    """Store heads; used by training only."""
    np.savez_compressed(
        path,
        labels=np.array([str(label) for label in LABELS]),
        weights=heads.weights.astype(np.float16),
        bias=heads.bias.astype(np.float32),
        share=heads.share.astype(np.float32),
        thresholds=heads.thresholds.astype(np.float32),
        trust=heads.trust.astype(np.float32),
        ngrams=np.array(sorted(heads.ngrams, key=lambda ngram: heads.ngrams[ngram])),
    )
