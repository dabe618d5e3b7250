"""Import time and size, and whether what is installed here is what should be shipped.

    python figures.py WHEEL...
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path

RUNS = 21


def cpu_seconds(code: str) -> float:
    """The median of the processor time of an interpreter that runs this; a busy machine does not count in it."""
    taken = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken)


def check_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for licence in ("LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-LICENSES"):
            found = [name for name in names if name.endswith(f".dist-info/licenses/{licence}")]
            assert found and archive.getinfo(found[0]).file_size > 1000, f"{wheel.name} carries no {licence}"
        assert any(name.endswith("/py.typed") for name in names), f"{wheel.name} has no py.typed"
        unpacked = sum(entry.file_size for entry in archive.infolist())
    print(f"{wheel.name}: {wheel.stat().st_size:,} bytes, unpacked {unpacked:,}")


def main() -> None:
    import alipay_instore._native
    import alipay_instore_testing._sandbox

    for module in (alipay_instore._native, alipay_instore_testing._sandbox):
        assert not hasattr(module, "_arm_panic"), f"{module.__name__} can be made to panic"
    for wheel in sys.argv[1:]:
        check_wheel(Path(wheel))
    nothing, package = cpu_seconds("pass"), cpu_seconds("import alipay_instore")
    took, itself = (package - nothing) * 1000, nothing * 1000
    print(f"import alipay_instore: {took:.0f} ms of processor time, beside {itself:.0f} ms for Python itself")


if __name__ == "__main__":
    main()
