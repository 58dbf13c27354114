#!/bin/sh
# Embedders side by side on CFP identities kept out of training and on LFW View 1: compare-embedders.sh CFP LFW OUT EMBEDDER...
# OUT/lists comes from cfp-lists.sh. LFW also degraded: the aligned crop reduced to 24x24 by area and enlarged linearly, blurred with sigma 2, JPEG 20.
set -eu
cfp=$1 lfw=$2 out=$3
shift 3
for detector in ${DETECTORS:-mtcnn retinaface-mobilenet025}; do
  echo "detector $detector"
  semblance train measure --detector "$detector" --embedder "$@" --eval "$out/lists/test-ff.csv" "$out/lists/test-fp.csv" --eval-images "$cfp" --cache "${CACHE:-$out/cache}" --threads "${THREADS:-1}"
  semblance train measure --detector "$detector" --embedder "$@" --eval "$lfw/pairs.csv" "$lfw/pairs.csv@size:24" "$lfw/pairs.csv@blur:2" "$lfw/pairs.csv@jpeg:20" --cache "${CACHE:-$out/cache}" --threads "${THREADS:-1}"
done
