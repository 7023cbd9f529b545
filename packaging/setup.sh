#!/bin/sh
# Prepares this checkout and runs it: setup.sh demo|test|app|setup [arguments for the command].
# Everything goes into .venv beside this folder; only missing Debian packages are asked of apt.
set -eu

cd "$(dirname "$0")/.."
python=.venv/bin/python
lock=packaging/requirements.lock
catalogue=resources/locale/fr/LC_MESSAGES/mobility_app
PATH=$PATH:/usr/sbin:/sbin # ldconfig stands there, and people's PATH often leaves it out

# Library file and Debian package of what Qt needs: first without a screen, then with one.
qt='libGL.so.1:libgl1 libEGL.so.1:libegl1 libxkbcommon.so.0:libxkbcommon0 libfontconfig.so.1:libfontconfig1
libdbus-1.so.3:libdbus-1-3 libglib-2.0.so.0:libglib2.0-0'
screen='libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-randr.so.0:libxcb-randr0 libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0 libxcb-xkb.so.1:libxcb-xkb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0
libX11-xcb.so.1:libx11-xcb1'

say() { printf '%s\n' "· $*"; }

fail() {
	printf '%s\n' "$*" >&2
	exit 2
}

# Runs a command; its output is shown only when it fails.
quietly() {
	log=$(mktemp)
	if "$@" >"$log" 2>&1 </dev/null; then
		rm -f "$log"
	else
		cat "$log" >&2
		rm -f "$log"
		return 1
	fi
}

has_screen() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

on_debian() { command -v apt-get >/dev/null 2>&1; }

# Names the packages of a "file:package" list whose library the system does not know.
missing_libraries() {
	known=$(ldconfig -p)
	for pair in "$@"; do
		case $known in *"${pair%%:*}"*) ;; *) printf '%s ' "${pair#*:}" ;; esac
	done
}

has_postgresql() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

# Names the Debian packages that a command needs and this machine lacks.
missing_packages() {
	[ -x $python ] || python3 -c 'import ensurepip' >/dev/null 2>&1 || printf 'python3-venv '
	[ -e /etc/ssl/certs/ca-certificates.crt ] || printf 'ca-certificates '
	# Words are split on purpose: the lists hold no spaces within a word.
	# shellcheck disable=SC2086
	case $1 in
	test)
		missing_libraries $qt
		has_postgresql || printf 'postgresql '
		command -v strace >/dev/null 2>&1 || printf 'strace '
		;;
	app) missing_libraries $qt $screen ;;
	demo) if has_screen; then missing_libraries $qt $screen; fi ;;
	esac
}

# Goes on when it cannot: what needs the packages says so itself, and PostgreSQL's tests count as skipped.
install_packages() {
	if [ "$(id -u)" -eq 0 ]; then as_root=env; else as_root=sudo; fi
	say "Installing Debian packages: $*"
	quietly $as_root apt-get update -q || say "apt-get update failed; trying with the lists at hand"
	quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" ||
		say "They could not be installed. As root: apt-get install --no-install-recommends $*"
}

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; }

# The first Python that the project can run on.
find_python() {
	for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
		if suits "$candidate"; then
			printf '%s' "$candidate"
			return
		fi
	done
	fail "Python 3.11, 3.12, 3.13 or 3.14 is needed."
}

# What the environment was made from; it is made again when any of it changes.
fingerprint() {
	cat $lock pyproject.toml | cksum
	$python -V 2>&1 || true
	pwd
}

install() {
	if command -v uv >/dev/null && uv pip install --quiet --python $python "$@" 2>/dev/null; then return; fi
	# Without uv; or uv could not, as it knows nothing of pip's configuration, where a proxy or a mirror may be set.
	$python -c 'import pip' 2>/dev/null || quietly $python -m ensurepip
	quietly $python -m pip install --disable-pip-version-check "$@" || fail "pip could not install: $*"
}

make_environment() {
	if ! suits $python; then
		base=$(find_python)
		say "Creating .venv with $("$base" -V)"
		if ! quietly "$base" -m venv --clear .venv; then
			rm -rf .venv
			fail "The virtual environment could not be created."
		fi
	fi
	say "Installing the libraries of $lock"
	install --require-hashes --only-binary :all: -r $lock
	say "Installing the application from this folder"
	install --no-build-isolation --no-deps -e .
	fingerprint >.venv/made-from
}

prepare() {
	if on_debian; then
		packages=$(missing_packages "$1")
		# shellcheck disable=SC2086
		if [ -n "$packages" ]; then install_packages $packages; fi
	fi
	if [ "$(fingerprint)" != "$(cat .venv/made-from 2>/dev/null)" ]; then make_environment; fi
	if [ ! -e $catalogue.mo ] || [ -n "$(find $catalogue.po -newer $catalogue.mo)" ]; then
		say "Compiling the French texts"
		$python packaging/texts.py --compile
	fi
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
setup) prepare setup ;;
demo)
	prepare demo
	$python -m mobility_app demo --out demo/ "$@"
	if has_screen && [ -t 1 ]; then $python -m mobility_app window demo/exemple.mobility; fi
	;;
test)
	prepare test
	$python -m pytest "$@"
	;;
app)
	prepare app
	$python -m mobility_app window "$@"
	;;
*) fail "Usage: packaging/setup.sh demo|test|app|setup" ;;
esac
