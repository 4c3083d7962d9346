"""Rose, a gentle companion one can talk to."""

from importlib.metadata import version

__version__ = version("rose")
