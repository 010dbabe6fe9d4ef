"""Listening behaviours in words: open questions, reflections, advice, blame and the rest of the contract's labels."""

from listener.analysis.behaviours.rules import RuleBehaviours

__all__ = ["RuleBehaviours"]
