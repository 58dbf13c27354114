#!/bin/sh
# Fine-tunes mobilefacenet-512 for profile and low-quality faces: cfp-embedder.sh CFP LFW DISTILL OUT
#   CFP      folder with 001/frontal/01.jpg ... 350/profile/04.jpg
#   LFW      folder with pairs-train.csv (thresholds) and pairs.csv (only measures), and the images they name
#   DISTILL  list of unlabelled face pictures, a path a line; here the training parts of UTKFace and RAF-DB, 8,576 pictures
#   OUT      folder of the runs
# retinaface-mobilenet025 must be installed: semblance models import mobilenet0.25_Final.pth --id retinaface-mobilenet025
# LOSSES, THREADS and CACHE may be set in the environment.
set -eu
here=$(dirname "$0") cfp=$1 lfw=$2 distill=$3 out=$4
threads=${THREADS:-1} cache=${CACHE:-$4/cache}
sh "$here/cfp-lists.sh" "$cfp" "$out/lists"

for loss in ${LOSSES:-arcface adaface}; do
  semblance train embedder --data "$out/lists/train.csv" --images "$cfp" --data-name "CFP identities 1 to 270; unlabelled: training parts of UTKFace and RAF-DB" \
    --license "non-commercial research (CFP, UTKFace, RAF-DB)" --detector mtcnn retinaface-mobilenet025 --backbone pack:mobilefacenet-512 --loss "$loss" \
    --augment degrading --distill "$distill" --freeze 34 --views 3 --batch 64 --distill-batch 32 --epochs 3 --lr 0.004 --warmup 0.3 \
    --eval "$out/lists/val-fp.csv" "$out/lists/val-ff.csv" "$out/lists/val-ff.csv@size:24" "$out/lists/val-ff.csv@blur:2" "$out/lists/val-fp.csv@size:24" --eval-images "$cfp" --eval-every 0.5 \
    --calibrate "$lfw/pairs-train.csv" --threads "$threads" --cache "$cache" --id "mobilefacenet-512-$loss" --out "$out/$loss"
done
sh "$here/compare-embedders.sh" "$cfp" "$lfw" "$out" mobilefacenet-512 $(for loss in ${LOSSES:-arcface adaface}; do echo "$out/$loss/model"; done)
