"""Pictures, read and drawn off the main thread; shown when they are there."""

from __future__ import annotations

import functools
from collections import OrderedDict

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

_KEPT = 24
_images: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()


@functools.cache
def picture_loader() -> PictureLoader:
    """The one loader of the window: it outlives the texts that ask it."""
    return PictureLoader()


class PictureLoader(QObject):
    """Gives pictures that are there, and fetches those that are not.

    Signals:
        arrived: a picture that was asked for can be drawn.
    """

    arrived = Signal()
    _drawn = Signal(str, QSize, QImage)

    def __init__(self) -> None:
        super().__init__()
        self._wanted: set[tuple[str, int, int]] = set()
        self._drawn.connect(self._keep)

    def image(self, file: str, size: QSize) -> QImage | None:
        """The picture in ``file``, ``size`` device pixels large; None if it is not there yet."""
        key = (file, size.width(), size.height())
        image = _images.get(key)
        if image is not None:
            return image
        if key not in self._wanted and size.width() > 0 and size.height() > 0:
            self._wanted.add(key)
            QThreadPool.globalInstance().start(_Drawing(self, file, size))
        return None

    def stand_in(self, file: str) -> QImage | None:
        """The picture in ``file`` in another size that is there, to be shown until the right one is."""
        return next((image for (known, _, _), image in reversed(_images.items()) if known == file), None)

    @Slot(str, QSize, QImage)
    def _keep(self, file: str, size: QSize, image: QImage) -> None:
        _images[(file, size.width(), size.height())] = image
        while len(_images) > _KEPT:
            _images.popitem(last=False)
        self._wanted.discard((file, size.width(), size.height()))
        self.arrived.emit()


class _Drawing(QRunnable):
    """Draws one picture."""

    def __init__(self, loader: PictureLoader, file: str, size: QSize) -> None:
        super().__init__()
        self._loader = loader
        self._file = file
        self._size = size

    def run(self) -> None:
        """Read and draw; in a thread of the pool."""
        image = _drawn(self._file, self._size)
        try:
            self._loader._drawn.emit(self._file, self._size, image)  # noqa: SLF001 - two halves of one thing
        except RuntimeError:  # the view is gone
            return


def _drawn(file: str, size: QSize) -> QImage:
    if file.lower().endswith(".svg"):
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(file).render(painter)
        painter.end()
        return image
    reader = QImageReader(file)
    reader.setScaledSize(size)
    return reader.read()
