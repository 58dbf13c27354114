#!/bin/sh
# Plays the first hour of somebody who has just cloned Semblance: builds the tool and does one of everything with the sample photographs,
# or with those of a folder. Shows each command and what it prints; the pictures and pages that come out lie in artifacts/first-hour.
#
#   samples/first-hour/run.sh [FOLDER WITH PHOTOGRAPHS]
#
# SEMBLANCE names a tool that is built already; FIRST_HOUR_OUT another folder for the results.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
photos=${1:+$(cd "$1" && pwd)}
out=${FIRST_HOUR_OUT:-$repository/artifacts/first-hour}
rm -rf "$out"
mkdir -p "$out"
cd "$repository"

if [ -z "${SEMBLANCE:-}" ]; then
  echo "building the tool (some minutes the first time; nothing is printed while packages are restored)"
  dotnet build src/Semblance.Cli -c Release -v q -nologo
  SEMBLANCE=$repository/src/Semblance.Cli/bin/Release/net10.0/semblance
fi
# Models, caches and settings of this hour, apart from those of the user.
SEMBLANCE_HOME=$out/home
export SEMBLANCE_HOME
service=
trap '[ -z "$service" ] || kill "$service" 2>/dev/null || :' EXIT

samples=samples/photos
[ -n "$photos" ] || photos=$samples

# try EXIT_CODE ARGUMENT…: shows a command, runs it, and ends the hour where it ends otherwise than it should.
try() {
  expected=$1
  shift
  printf '\n$ semblance'
  for word; do
    case $word in
    *' '* | *'*'*) printf " '%s'" "$word" ;;
    *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
  code=0
  "$SEMBLANCE" "$@" || code=$?
  if [ "$code" -ne "$expected" ]; then
    echo "ended with $code, not $expected" >&2
    exit 1
  fi
  [ "$code" -eq 0 ] || echo "(exit code $code)"
}

heading() { printf '\n== %s ==\n' "$1"; }

heading 'What is here'
try 0 doctor
try 0 models info mobilefacenet-512

heading 'A face, and what can be said about it'
try 0 analyze $samples/astronaut.png --features quality,age,gender,emotion,pose,landmarks --annotate "$out/analyze.png"

heading 'Is it the same person?'
try 0 verify $samples/astronaut.png $samples/astronaut-dim.jpg --annotate "$out/verify.png"
try 4 verify $samples/astronaut.png $samples/chelsea.png

heading 'A gallery of people'
try 0 gallery enrol --store "$out/people.db" --name 'Eileen Collins' $samples/astronaut.png
try 0 gallery identify --store "$out/people.db" $samples/astronaut-dim.jpg --annotate "$out/identify.png"
try 0 gallery verify --store "$out/people.db" 'Eileen Collins' $samples/astronaut-exif6.jpg
try 0 gallery list --store "$out/people.db"

heading 'An album'
try 0 analyze "$photos" --annotate "$out/album"
try 0 sort "$photos" --out "$out/sorted" --store "$out/people.db"
try 0 find $samples/astronaut.png "$photos" --top 5
try 0 cluster "$photos" --out "$out/groups"

heading 'Pictures to be shared'
try 0 hide "$photos" --out "$out/hidden"
try 0 hide $samples --out "$out/squares" --pixelate
try 0 hide $samples --out "$out/others" --box --except 'Eileen Collins' --store "$out/people.db"

heading 'A report'
try 0 eval detection --truth "$here/faces.txt" --images $samples --min-height 16 --report "$out/report"

heading 'A service for other programs, and its page'
printf '\n$ semblance serve --listen 127.0.0.1:0 --store %s &\n' "$out/people.db"
"$SEMBLANCE" serve --listen 127.0.0.1:0 --store "$out/people.db" >"$out/service.log" 2>&1 &
service=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  address=$(sed -n 's/^listening //p' "$out/service.log")
  [ -z "$address" ] && kill -0 "$service" 2>/dev/null || break
  sleep 1
done
cat "$out/service.log"
try 0 serve --probe "${address}healthz"
echo "it answers at ${address}healthz; now it is stopped"
kill -TERM "$service"
code=0
wait "$service" || code=$?
service=
[ "$code" -eq 0 ] || { echo "the service ended with $code" >&2; exit 1; }

printf '\npictures and pages: %s\n' "$out"
