#!/usr/bin/env bash
# Plays what somebody does in the first hour, on a fresh clone of what is committed here: build, analyse, verify, enrol, identify, sort,
# find, hide, undo. Says how long each step took; the pictures that come out lie in artifacts/first-hour, to be looked at.
#
#   tools/first-hour.sh [FOLDER WITH PHOTOGRAPHS]
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
photos=${1:+$(cd "$1" && pwd)}
pictures=$repository/artifacts/first-hour
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$pictures"
mkdir -p "$pictures"

step() {
  local name=$1 expected=$2 start code=0
  shift 2
  start=$(date +%s%N)
  "$@" >"$work/output" 2>&1 || code=$?
  local tenths=$((($(date +%s%N) - start) / 100000000))
  printf '%-50s %4d.%d s' "$name" $((tenths / 10)) $((tenths % 10))
  if [ "$code" != "$expected" ]; then
    printf '  exit code %s, not %s\n' "$code" "$expected"
    cat "$work/output"
    exit 1
  fi
  printf '\n'
}

step 'clone' 0 git clone -q "$repository" "$work/semblance"
cd "$work/semblance"
step 'build the command line' 0 dotnet build src/Semblance.Cli -c Release -v q -nologo
semblance=$work/semblance/src/Semblance.Cli/bin/Release/net10.0/semblance
export SEMBLANCE_HOME=$work/home
samples=$work/semblance/samples/photos
[ -n "$photos" ] || photos=$samples

step 'help without a command' 0 "$semblance"
step 'what runs here' 0 "$semblance" doctor
step 'a face found and drawn' 0 "$semblance" analyze "$samples/astronaut.png" --features quality,age,gender,emotion,pose,landmarks \
  --annotate "$pictures/analyze.png"
step 'the same person' 0 "$semblance" verify "$samples/astronaut.png" "$samples/astronaut-dim.jpg" --annotate "$pictures/verify.png"
step 'no face to verify' 4 "$semblance" verify "$samples/astronaut.png" "$samples/chelsea.png"
step 'somebody enrolled' 0 "$semblance" gallery enrol --store "$work/people.db" --name 'Eileen Collins' "$samples/astronaut.png"
step 'recognised on another picture' 0 "$semblance" gallery identify --store "$work/people.db" "$samples/astronaut-dim.jpg" \
  --annotate "$pictures/identify.png"
step 'an album drawn' 0 "$semblance" analyze "$photos" --annotate "$pictures/album"
step 'an album sorted' 0 "$semblance" sort "$photos" --out "$work/sorted" --store "$work/people.db"
step 'sorted again, from what is known' 0 "$semblance" sort "$photos" --out "$work/again" --link
step 'the sorting taken back' 0 "$semblance" sort --undo "$work"/sorted/sort-log-*.jsonl
step 'somebody found in it' 0 "$semblance" find "$samples/astronaut.png" "$photos" "$samples" --top 5
step 'faces hidden' 0 "$semblance" hide "$photos" --out "$pictures/hidden"
step 'faces turned into squares' 0 "$semblance" hide "$samples" --out "$pictures/squares" --pixelate
step 'strangers grouped' 0 "$semblance" cluster "$photos" --out "$pictures/groups"
step 'a mistyped command' 2 "$semblance" detec "$samples"
step 'completion for the shell' 0 "$semblance" completion bash
printf 'pictures: %s\n' "$pictures"
