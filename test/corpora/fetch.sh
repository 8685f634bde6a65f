#!/usr/bin/env bash
# fetch.sh FOLDER [NAME…]: brings the pinned packages of docs/corpora.md with the clients of their registries and unpacks their PDFs below
# FOLDER, a folder a package. By hand only; nothing of it enters the repository. Prints package, version and number of PDFs.
set -u
into=$(mkdir -p "${1:?a folder}" && cd "$1" && pwd)
shift
wanted=" $* "
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# unpacked NAME VERSION ARCHIVE…: the PDFs of the archives, below their own paths.
unpacked() {
  local name=$1 version=$2 archive
  shift 2
  mkdir -p "$into/$name"
  for archive in "$@"; do
    case $archive in
      *.jar | *.zip | *.whl) unzip -qo "$archive" '*.pdf' '*.PDF' -d "$into/$name" 2>/dev/null ;;
      *) tar xf "$archive" -C "$into/$name" --wildcards --no-anchored '*.pdf' '*.PDF' 2>/dev/null ;;
    esac
  done
  printf '%s %s %s\n' "$name" "$version" "$(find "$into/$name" -iname '*.pdf' | wc -l)"
}

# Source packages of Debian, from whatever mirror this machine has.
debian() {
  local lists=$work/apt apt name=$1 version=$2
  if [ ! -d "$lists" ]; then
    mkdir -p "$lists/parts" "$lists/lists/partial"
    cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed 's/^Types:.*/Types: deb-src/' >"$lists/parts/source.sources"
    [ -s /etc/apt/sources.list ] && sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >"$lists/parts/source.list"
  fi
  apt=(-qq -o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$lists/parts" -o "Dir::State::Lists=$lists/lists" -o APT::Sandbox::User=root)
  [ -e "$lists/updated" ] || { apt-get "${apt[@]}" update && touch "$lists/updated"; }
  (mkdir -p "$work/$name" && cd "$work/$name" && apt-get "${apt[@]}" source --download-only "$name=$version" >/dev/null 2>&1)
  unpacked "deb-$name" "$version" "$work/$name"/*.orig.tar.?z
}

pypi() {
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: -d "$work/pypi-$1" "$1==$2" >/dev/null 2>&1
  unpacked "pypi-$1" "$2" "$work/pypi-$1"/*
}

npm_package() {
  (mkdir -p "$work/npm-$1" && cd "$work/npm-$1" && npm pack --silent "$1@$2" >/dev/null)
  unpacked "npm-$1" "$2" "$work/npm-$1"/*.tgz
}

# GROUP ARTIFACT VERSION: the jar of its tests.
maven() {
  mvn --quiet --batch-mode -Dstyle.color=never dependency:copy -Dartifact="$1:$2:$3:jar:tests" -DoutputDirectory="$work/maven-$2" >/dev/null
  unpacked "maven-$2" "$3" "$work/maven-$2"/*.jar
}

go_module() {
  local name=${3:-${1##*/}} folder
  folder=$(cd "$work" && go mod download -json "$1@$2" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  mkdir -p "$into/go-$name"
  (cd "$folder" && find . -iname '*.pdf' -exec cp --parents {} "$into/go-$name" \;)
  printf 'go-%s %s %s\n' "$name" "$2" "$(find "$into/go-$name" -iname '*.pdf' | wc -l)"
}

# CLIENT PACKAGE…: the package is brought when it was named, or none was.
want() {
  local name=$2
  [ "$1" = maven ] && name=$3
  case $wanted in "  " | *" $name "*) "$@" ;; esac
}

want debian pdf.js 2.14.305+dfsg-2
want debian qpdf 11.3.0-1+deb12u1
want debian libpdfbox2-java 2.0.27-2
want debian libpdfbox-java 1:1.8.16-2
want debian libreoffice 4:7.4.7-1+deb12u14
want debian ghostscript 10.0.0~dfsg-11+deb12u9
want go_module github.com/pdfcpu/pdfcpu v0.15.0
want go_module github.com/go-pdf/fpdf v0.9.0
want go_module github.com/dslipak/pdf v0.0.2 dslipak-pdf
want maven eu.europa.ec.joinup.sd-dss dss-pades 6.4
want maven org.apache.tika tika-parser-pdf-module 2.9.2
want pypi pyhanko 0.38.0
want pypi pypdf 7.1.1
want pypi pikepdf 10.18.0
want pypi ocrmypdf 17.13.0
want pypi pypdfium2 5.15.2
want npm_package pdf-merger-js 5.1.2
want npm_package pdf-extraction 1.0.2
