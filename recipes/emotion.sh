#!/bin/sh
# The pack's expression network: emotion.sh DATA OUT
# DATA holds fer2013.tar and emotion-colour.tar. Ran on two shared cores: about 50 and 100 minutes, and 10 minutes for the heads.
set -eu
data=$1 out=$2
train() { semblance train emotion --fer "$data/fer2013.tar" --raf "$data/emotion-colour.tar" --threads "${THREADS:-2}" "$@"; }
train --out "$out/first" --sides 48 48 48 48 48 48 48 48 64 64 64 64 --thawed 1
train --init "$out/first" --out "$out/second" --sides 96 96 96 96 96 96 96 96 96 96 96 96 --thawed 0 --rate 0.0008 --fer-share 0.6 --fer-evenness 0.5 --raf-repeats 3
train --init "$out/second" --out "$out/emotion" --sides 96 --heads-only --mirror false
