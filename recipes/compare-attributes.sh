#!/bin/sh
# The packages' age, gender and expression networks beside the pack's, on the same validation faces: compare-attributes.sh DATA OUT
# DATA holds utkface.tar, fer2013.tar and emotion-colour.tar; OUT takes the faces, the candidates and the reports (JSON, one a line in figures.txt).
# Run in the repository's root. fr-expression takes 224 x 224 pixels and about 20 minutes on one core; without its name in SLOW it is left out: SLOW= compare-attributes.sh …
set -eu
data=$1 out=$2 slow=${SLOW-fr-expression}
mkdir -p "$out/utk" "$out/raf" "$out/home"
tar xf "$data/utkface.tar" -C "$out/utk"
tar xf "$data/emotion-colour.tar" -C "$out/raf"
dotnet run --project src/Semblance.Training -c Release -- faces --fer "$data/fer2013.tar" --out "$out/fer"
dotnet run --project tools/ModelForge -c Release -- --candidates "$out/home/models"
dotnet build src/Semblance.Cli -c Release --nologo -v quiet
semblance="$(pwd)/src/Semblance.Cli/bin/Release/net10.0/semblance"
export SEMBLANCE_HOME="$out/home"
: > "$out/figures.txt"

measure() { # set, attribute, labels, images, models, options
  set=$1 attribute=$2 labels=$3 images=$4 models=$5
  shift 5
  for model in $models; do
    printf '%s %s %s ' "$set" "$attribute" "$model" >> "$out/figures.txt"
    "$semblance" eval attributes --quiet --json --aligned --attribute "$attribute" --labels "$labels" --images "$images" --attribute-models "$model" "$@" | tr -d '\n' >> "$out/figures.txt"
    echo >> "$out/figures.txt"
  done
}
for attribute in age gender; do
  measure utkface $attribute "$out/utk/labels.csv" "$out/utk" "age-gender face-api-age-gender fr-$attribute" --split val
done
measure fer2013 emotion "$out/fer/labels.csv" "$out/fer" emotion --emotion-labels fer2013
measure ferplus emotion "$out/fer/ferplus.csv" "$out/fer" emotion --emotion-labels ferplus
measure rafdb emotion "$out/raf/labels.csv" "$out/raf" emotion --split val --emotion-labels rafdb
measure fer2013 emotion "$out/fer/labels.csv" "$out/fer" "face-api-expression $slow"
measure ferplus emotion "$out/fer/ferplus.csv" "$out/fer" "face-api-expression $slow"
measure rafdb emotion "$out/raf/labels.csv" "$out/raf" "face-api-expression $slow" --split val
cut -c 1-250 "$out/figures.txt"
