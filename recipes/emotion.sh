#!/bin/sh
# The pack's expression network: emotion.sh DATA OUT
# DATA holds fer2013.tar and emotion-colour.tar. Ran on one of two shared cores: about 50 minutes, 16 minutes, and 5 minutes for the heads.
set -eu
data=$1 out=$2
train() { semblance train emotion --fer "$data/fer2013.tar" --raf "$data/emotion-colour.tar" --threads "${THREADS:-1}" "$@"; }
train --out "$out/first" --sides 48 48 48 48 48 48 48 48 64 64 64 64 --thawed 1
train --init "$out/first" --out "$out/second" --sides 64 64 64 64 64 --thawed 0 --rate 0.0006 --fer-share 0.3 --fer-evenness 0.5 --raf-repeats 3
train --init "$out/first" "$out/second" --out "$out/emotion" --sides 64 --heads-only
