"""The binder: pieces that were laid out alone become one PDF."""

from watchpress.backends.pdf.bind.booklet import impose
from watchpress.backends.pdf.bind.linker import bind
from watchpress.backends.pdf.bind.pieces import Binding, Enclosure, Piece

__all__ = ["Binding", "Enclosure", "Piece", "bind", "impose"]
