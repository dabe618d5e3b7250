"""What is built and installed, each by itself: where one fails, the rows of the others are still measured."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .plan import BENCH, ROOT, WORK, Plan
from .programs import Command, Program

#: The native libraries as cargo names them.
LIBRARIES = {
    "python": "lib_native.so",
    "node": "libalipay_instore_node.so",
    "jvm": "libalipay_instore_kotlin.so",
    "php": "libalipay_instore_php.so",
}
#: That of Python, which is built a second time for the wheel, without symbols.
SYMBOLS = WORK / "with-symbols" / LIBRARIES["python"]
#: A clone of the official SDK for PHP.
OFFICIAL_PHP = WORK / "official-php"
#: Maven's goal that writes a class path.
CLASSPATH = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"
#: What the parts need.
NEEDS = {
    "calls": ["rust", "python", "official", "node", "jvm"],
    "php": ["rust", "php", "official_php"],
    "http": ["rust", "python", "official", "node", "jvm"],
    "stores": ["rust"],
    "growth": ["rust"],
    "many": ["rust"],
    "sizes": ["python", "node", "jvm"],
}


@dataclass
class Built:
    """What there is, and why something is missing."""

    plan: Plan
    missing: dict[str, str] = field(default_factory=dict)

    def command(self, name: str) -> list[object]:
        """How a program of this kind is started; its arguments follow."""
        return {
            "rust": [self.plan.release / "bench"],
            "python": [WORK / "python/bin/python"],
            "official": [WORK / "official/bin/python"],
            "node": [WORK / "node"],
            # As docs/kotlin.md says for many payments at once.
            "jvm": ["java", "-XX:+UseSerialGC", "-Dhttp.maxConnections=128", "-cp", _classpath()],
            "php": ["php", "-d", f"extension={self.library('php')}"],
        }[name]

    def start(self, name: str, command: Command) -> Program:
        """Starts it and waits until it is ready."""
        program = Program(name, command) if name not in self.missing else Program(name, ["true"])
        if name in self.missing:
            program.stop()
            program.reason = self.missing[name]
        else:
            program.is_ready()
        return program

    def library(self, name: str) -> Path:
        """A native library as cargo built it, with its symbols."""
        return SYMBOLS if name == "python" else _library(self.plan, name)


def make(plan: Plan, parts: Iterable[str]) -> Built:
    """Builds what these parts need."""
    WORK.mkdir(parents=True, exist_ok=True)
    built = Built(plan)
    wanted = {name for part in parts for name in NEEDS[part]}
    for name, build in BUILDS.items():
        if name not in wanted:
            continue
        print(f"bench: building for {name}", file=sys.stderr)
        try:
            build(plan)
        except (subprocess.CalledProcessError, OSError) as error:
            built.missing[name] = _reason(error)
    return built


def find(plan: Plan) -> Built:
    """What an earlier run has built."""
    built = Built(plan)
    files = {
        "rust": plan.release / "bench",
        "python": WORK / "python/bin/python",
        "official": WORK / "official/bin/python",
        "node": WORK / "node/index.mjs",
        "jvm": WORK / "jvm/Calls.class",
        "php": _library(plan, "php"),
        "official_php": OFFICIAL_PHP,
    }
    built.missing |= {name: "it is not built" for name, file in files.items() if not file.exists()}
    return built


def _reason(error: subprocess.CalledProcessError | OSError) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        command = error.cmd if isinstance(error.cmd, str) else " ".join(str(word) for word in error.cmd[:3])
        return f"the build failed: {command}"
    return f"the build failed: {error}"


def _run(*command: object, cwd: Path = ROOT) -> None:
    # What it says is for who watches, not for the table.
    subprocess.run([str(word) for word in command], cwd=cwd, check=True, stdout=sys.stderr)


def _cargo(plan: Plan, *words: str) -> None:
    _run("cargo", "build", "--quiet", "--profile", plan.profile, *words)


def _library(plan: Plan, name: str) -> Path:
    """A library as cargo built it."""
    return plan.libraries.release / LIBRARIES[name]


def _rust(plan: Plan) -> None:
    shared = ["--features", "one-build"] if plan.profile == "dev" else []
    _cargo(plan, "--package", "alipay-instore-bench", *shared)


def _virtual(name: str, *packages: object) -> Path:
    """A virtual environment with these packages; it is made again only if they are others."""
    folder, wanted = WORK / name, "\n".join(str(package) for package in packages)
    stamp = folder / "packages"
    if not stamp.exists() or stamp.read_text() != wanted:
        _run(sys.executable, "-m", "venv", "--clear", folder)
        _run(folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *packages)
        stamp.write_text(wanted)
    return folder / "bin"


def _python(plan: Plan) -> None:
    programs = _virtual("python", "cryptography", "maturin==1.16.*", "zopflipy")
    wheels = WORK / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    _run("make", "--no-print-directory", "python-licences")
    _cargo(plan.libraries, "--package", "alipay-instore-python")
    SYMBOLS.parent.mkdir(exist_ok=True)
    shutil.copy(_library(plan, "python"), SYMBOLS)
    shipped = ["--profile", plan.libraries.profile, "--out", wheels]
    _run(programs / "maturin", "build", "--quiet", "--locked", *shipped, cwd=ROOT / "bindings-python")
    if plan.profile == "release":
        _run(programs / "python", ROOT / "tools/pack-wheel", *wheels.glob("*.whl"))
    install = ["install", "--quiet", "--disable-pip-version-check", "--force-reinstall", "--no-deps"]
    _run(programs / "pip", *install, *wheels.glob("*.whl"))


def _official(_: Plan) -> None:
    _virtual("official", "-r", ROOT / "tests/interop/requirements.txt")


def _node(plan: Plan) -> None:
    _cargo(plan.libraries, "--package", "alipay-instore-node")
    folder, source = WORK / "node", ROOT / "bindings-node"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in source.iterdir():
        if file.suffix in (".cjs", ".mjs", ".json") and file.name != "package-lock.json":
            shutil.copy(file, folder)
    shutil.copytree(source / "lib", folder / "lib")
    _strip(plan, "node", folder / "alipay-instore.linux-x64-gnu.node")


def _jvm(plan: Plan) -> None:
    features = ["--no-default-features", "--features", "aws-lc"]
    _cargo(plan.libraries, "--package", "alipay-instore-kotlin", *features)
    # A copy: what is built for the tests must not find this library in its place.
    copy, source = WORK / "kotlin", ROOT / "bindings-kotlin"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(source, copy / "bindings-kotlin", ignore=shutil.ignore_patterns("target"))
    shutil.copytree(ROOT / "store-sql/migrations", copy / "store-sql/migrations")
    native = copy / "native/linux-x86-64"
    native.mkdir(parents=True)
    _strip(plan, "jvm", native / "libalipay_instore_kotlin.so")
    maven = ["mvn", "--quiet", "--batch-mode", "--file", copy / "bindings-kotlin/pom.xml", "package"]
    maven += ["--projects", "vectors", "--also-make", "-DskipTests", f"-Dnative.resources={copy / 'native'}"]
    _run(*maven)
    # With what is optional: OkHttp.
    listed = [CLASSPATH, "--projects", "library", f"-Dmdep.outputFile={copy / 'classpath'}"]
    _run(*maven[:5], *listed)
    classes = WORK / "jvm"
    shutil.rmtree(classes, ignore_errors=True)
    _run("javac", "-d", classes, "-cp", _classpath(), *(BENCH / "jvm").glob("*.java"))


def _php(plan: Plan) -> None:
    _cargo(plan.libraries, "--package", "alipay-instore-php")


def _official_php(_: Plan) -> None:
    if (OFFICIAL_PHP / "client/SignatureTool.php").exists():
        return
    source = os.environ.get("GLOBAL_OPEN_SDK_PHP")
    if not source:
        raise OSError("GLOBAL_OPEN_SDK_PHP has to name the repository of the official SDK")
    _run("git", "clone", "--quiet", "--depth", "1", f"file://{Path(source).resolve()}", OFFICIAL_PHP)


def _classpath() -> str:
    """The classes of this folder, of the library, and what that depends on."""
    kotlin = WORK / "kotlin/bindings-kotlin"
    listed = WORK / "kotlin/classpath"
    others = listed.read_text().strip() if listed.exists() else ""
    return os.pathsep.join([str(WORK / "jvm"), str(kotlin / "library/target/classes"), others])


def _strip(plan: Plan, name: str, file: Path) -> None:
    """The library as it is shipped."""
    _run("strip", "-o", file, _library(plan, name))


BUILDS: dict[str, Callable[[Plan], None]] = {
    "rust": _rust,
    "python": _python,
    "official": _official,
    "node": _node,
    "jvm": _jvm,
    "php": _php,
    "official_php": _official_php,
}
