#!/bin/sh
# The pack's expression network: emotion.sh DATA OUT
# DATA holds fer2013.tar and emotion-colour.tar. Ran on two shared cores: about 50 and 100 minutes, 10 minutes for the heads, and 50 minutes for the last two runs.
set -eu
data=$1 out=$2
train() { semblance train emotion --fer "$data/fer2013.tar" --raf "$data/emotion-colour.tar" --threads "${THREADS:-2}" "$@"; }
train --out "$out/first" --sides 48 48 48 48 48 48 48 48 64 64 64 64 --thawed 1
train --init "$out/first" --out "$out/second" --sides 96 96 96 96 96 96 96 96 96 96 96 96 --thawed 0 --rate 0.0008 --fer-share 0.6 --fer-evenness 0.5 --raf-repeats 3
train --init "$out/second" --out "$out/refitted" --sides 96 --heads-only --mirror false
# The third run was sent SIGTERM after its first epoch: the rate was still high, and the fourth brings it down.
finer() { train --trunk "$out/refitted/model/model.onnx" --fer-share 0.7 --fer-evenness 0.5 --raf-repeats 3 --mirror false "$@"; }
finer --out "$out/third" --sides 96 96 96 96 96 96 --thawed 1 --rate 0.0004 || test $? = 130
finer --init "$out/third" --out "$out/fourth" --sides 96 96 96 --thawed 0 --rate 0.0003
finer --init "$out/fourth" --out "$out/emotion" --sides 96 --heads-only --views 0
