"""A disk of our own, ext4 on a loop device: it can be filled, turn read-only, or lose its power. Needs root."""

import fcntl
import os
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

# ext4's FS_IOC_SHUTDOWN, and its flag for "at once, with nothing more written": linux/fs.h, fs/ext4/ext4.h.
SHUTDOWN = 0x8004587D
WITHOUT_FLUSHING = 2
UNMOUNT_TRIES = 20
TOOLS = ("mkfs.ext4", "mount", "umount")


@dataclass
class Volume:
    """Mounted at `path` while open; what was written and not flushed is lost by a power cut, as on a real disk."""

    image: Path
    path: Path

    @classmethod
    def make(cls, folder: Path, megabytes: int) -> "Volume":
        """A fresh one, mounted."""
        folder.mkdir(parents=True, exist_ok=True)
        volume = cls(folder / "disk.img", folder / "disk")
        with volume.image.open("wb") as image:
            image.truncate(megabytes * 1024 * 1024)
        volume.path.mkdir(exist_ok=True)
        _run("mkfs.ext4", "-q", "-m", "0", str(volume.image))
        volume.mount()
        return volume

    def mount(self) -> None:
        """Plugged in (again); the file system mends itself from its journal."""
        _run("mount", "-o", "loop", str(self.image), str(self.path))

    def unmount(self) -> None:
        """Every process that uses it must have ended; the kernel may need a moment to see that."""
        for attempt in range(UNMOUNT_TRIES):
            done = subprocess.run(["umount", str(self.path)], check=False, capture_output=True)
            if done.returncode == 0:
                return
            time.sleep(0.1 * attempt)
        raise RuntimeError(f"{self.path} is still in use: {done.stderr.decode()} {list(self.users())}")

    def take_away(self) -> None:
        """At the end, whatever went wrong: a disk left mounted would outlive us, and nobody could clear it up."""
        users = list(self.users())
        for process in users:
            process.kill()
        psutil.wait_procs(users, timeout=15)
        self.unmount()

    def users(self) -> Iterator[psutil.Process]:
        """Who has a file of it open, or stands in it."""
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                places = [process.cwd(), *(each.path for each in process.open_files())]
                if any(Path(place).is_relative_to(self.path) for place in places):
                    yield process

    def plug_in_again(self) -> None:
        """What is there now is what had reached the disk."""
        self.unmount()
        self.mount()

    def cut_power(self) -> None:
        """From now on nothing reaches the disk: what was flushed is all there is."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
        finally:
            os.close(handle)

    def turn_read_only(self) -> None:
        """What the kernel does with a disk that fails."""
        _run("mount", "-o", "remount,abort", str(self.path))

    def fill(self) -> None:
        """Leave no byte free."""
        with (self.path / "ballast").open("ab", buffering=0) as ballast:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        ballast.write(bytes(size))
                except OSError:
                    continue

    def make_room(self) -> None:
        """As it was before."""
        (self.path / "ballast").unlink()


def is_possible() -> bool:
    """Whether this machine lets us make one."""
    return os.geteuid() == 0 and all(map(shutil.which, TOOLS)) and Path("/dev/loop-control").exists()


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
