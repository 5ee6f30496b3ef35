"""A file that HDF5 writes, whose errors are kept from it."""

import io
from typing import Any

__all__ = ["ShieldedFile"]


class ShieldedFile(io.RawIOBase):
    """A file of which HDF5 never hears that it cannot be written: it would crash the process.

    It would crash as well if what it had written were not there when it reads it again. So after
    the first error, which is kept, all that is written goes to memory.

    Parameters
    ----------
    file : FileIO
        Without a buffer, open for reading and writing.
    """

    error: OSError | None

    def __init__(self, file: io.FileIO) -> None:
        self.file: io.FileIO | io.BytesIO = file
        self.error = None

    def write(self, data: Any) -> int:  # noqa: D102  # as of any file
        left = memoryview(data).cast("B")
        size = len(left)
        while left:
            try:
                left = left[self.file.write(left) :]
            except OSError as error:
                self._go_on_in_memory(error)
        return size

    def truncate(self, size: int | None = None) -> int:  # noqa: D102
        try:
            return self.file.truncate(size)
        except OSError as error:
            self._go_on_in_memory(error)
            return self.file.truncate(size)

    def readinto(self, buffer: Any) -> int:  # noqa: D102
        return self.file.readinto(buffer) or 0

    def seek(self, place: int, whence: int = 0) -> int:  # noqa: D102
        return self.file.seek(place, whence)

    def tell(self) -> int:  # noqa: D102
        return self.file.tell()

    def _go_on_in_memory(self, error: OSError) -> None:
        if isinstance(self.file, io.BytesIO):
            raise error
        place = self.file.tell()
        self.file.seek(0)
        memory = io.BytesIO()
        memory.write(self.file.read())
        memory.seek(place)
        self.file, self.error = memory, error
