#!/bin/sh
# Lists of CFP for training and measuring: cfp-lists.sh FOLDER OUT
# FOLDER holds 001/frontal/01.jpg ... 350/profile/04.jpg. Written into OUT:
#   train.csv               file,identity of 001 to 270
#   val-ff.csv, val-fp.csv  pairs of 271 to 300: chooses epochs and settings, never trains
#   test-ff.csv, test-fp.csv  pairs of 301 to 350 (official fold 7): only measures
# Same pairs are all frontal-frontal (ff) or frontal-profile (fp) pairs of a person but those of byte-identical files; as many different pairs are
# drawn by a fixed rule.
set -eu
export LC_ALL=C
folder=$1 out=$2
mkdir -p "$out"
(cd "$folder" && find . -name '*.jpg' | sed 's|^\./||' | sort | xargs sha256sum) > "$out/files.txt"

awk 'BEGIN { print "file,identity" } { split($2, p, "/"); if (p[1] + 0 <= 270) print $2 "," p[1] }' "$out/files.txt" > "$out/train.csv"

pairs() { # first identity, last identity, kind of the second picture
  awk -v first="$1" -v last="$2" -v kind="$3" '
    { split($2, p, "/"); if (p[1] + 0 < first || p[1] + 0 > last) next
      hash[$2] = $1
      if (p[2] == "frontal") frontal[++nf] = $2
      if (p[2] == kind) other[++no] = $2 }
    function person(file) { return substr(file, 1, 3) }
    function draw(n) { state = (state * 16807) % 2147483647; return state % n + 1 }   # Lehmer (Park, Miller 1988)
    END {
      print "image_a,image_b,same"
      for (i = 1; i <= nf; i++) for (j = 1; j <= no; j++) {
        a = frontal[i]; b = other[j]
        if (person(a) != person(b) || hash[a] == hash[b] || (kind == "frontal" && a >= b)) continue
        print a "," b ",1"; same++ }
      state = 20010
      while (different < same) { a = frontal[draw(nf)]; b = other[draw(no)]
        if (person(a) == person(b) || (a, b) in seen) continue
        seen[a, b] = 1; print a "," b ",0"; different++ }
    }' "$out/files.txt"
}
pairs 271 300 frontal > "$out/val-ff.csv"
pairs 271 300 profile > "$out/val-fp.csv"
pairs 301 350 frontal > "$out/test-ff.csv"
pairs 301 350 profile > "$out/test-fp.csv"
rm "$out/files.txt"
