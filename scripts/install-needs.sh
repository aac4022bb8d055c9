# Installs what is missing, saying what. Sourced by run.sh and test.sh:
#   need_rust                    Cargo of at least the version in Cargo.toml
#   need PROGRAM=PACKAGE …       a program on the PATH, from a Debian or Ubuntu package
#   need_library FILE=PACKAGE …  a shared library the loader knows

missing=()

need() {
    local pair
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null 2>&1 || missing+=("${pair#*=}")
    done
}

need_library() {
    local pair loaded
    loaded=$(/sbin/ldconfig -p 2>/dev/null || true)
    for pair in "$@"; do
        case "$loaded" in
        *"${pair%%=*}"*) ;;
        *) missing+=("${pair#*=}") ;;
        esac
    done
}

need_file() {
    local pair
    for pair in "$@"; do
        compgen -G "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
}

install_missing() {
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "Missing packages, and no sudo to install them. As root, run:" >&2
            echo "  apt-get install ${missing[*]}" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "Missing: ${missing[*]} (Debian package names). Install them with your system's package manager." >&2
        exit 1
    fi
    echo "Installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >/dev/null
    missing=()
}

need_rust() {
    if ! command -v cargo >/dev/null 2>&1; then
        [ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
    fi
    if ! command -v cargo >/dev/null 2>&1; then
        echo "Rust is missing. Install it from https://rustup.rs and start again." >&2
        exit 1
    fi
    local wanted have
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    have=$(rustc --version | cut -d' ' -f2)
    if [ "$(printf '%s\n%s\n' "$wanted" "$have" | sort -V | head -n1)" != "$wanted" ]; then
        echo "Belfort needs Rust $wanted or newer; this is $have. Run: rustup update" >&2
        exit 1
    fi
}

# What building needs: a C and a C++ compiler, CMake and the sqlite3 program for PROJ; Ninja builds
# PROJ on all cores.
need_build() {
    need_rust
    need cc=gcc c++=g++ cmake=cmake ninja=ninja-build sqlite3=sqlite3 make=make
    install_missing
    export CMAKE_GENERATOR=Ninja
    export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"
}

# What drawing needs: a Vulkan or OpenGL driver (Mesa's software one where there is no other) and
# the libraries the window system's client side loads at run time.
need_drawing() {
    need_library libvulkan.so.1=libvulkan1 libEGL.so.1=libegl1 libGL.so.1=libgl1 \
        libxkbcommon.so.0=libxkbcommon0
    need_file '/usr/share/vulkan/icd.d/*.json=mesa-vulkan-drivers'
    install_missing
}

need_window() {
    need_library libX11.so.6=libx11-6 libX11-xcb.so.1=libx11-xcb1 libXcursor.so.1=libxcursor1 \
        libXi.so.6=libxi6 libXrandr.so.2=libxrandr2 libxkbcommon-x11.so.0=libxkbcommon-x11-0
    need_drawing
}
