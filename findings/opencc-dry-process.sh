#!/bin/sh
# OpenCC, from Simplified Chinese to Traditional, turns the dry process (干法) into one of trunks (幹法), a die-cut into a charge.
#
# Tried: opencc 1.4.2 (Python), s2t and s2twp, words of machines for battery electrodes.
# Guess: 乾法電極 and 沖切. 干 stands for 乾 (dry), 幹 (trunk, to do) and 干 (to meddle), and the tables of phrases tell them apart; a
# word that is in none would be left as it is, or noted.
# Seen: 干燥, 干粉 and 干电极 become 乾 and 冲压 becomes 沖壓, which makes one trust the rest; 干法 (dry process), 干膜 (dry film), 干混 (dry
# blend) and 干态 (dry state) become 幹, and 冲切 becomes 衝切: where no phrase is known, the commonest of the letters is taken, for
# each letter alone. Nothing marks the guess, and no reader of the Simplified text can see it. A table of one's own trade is
# needed, and a search of the result for 幹 and 衝.
# Our report comes in Simplified Chinese alone; we make no Traditional one of it by machine.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check opencc==1.4.2
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
from opencc import OpenCC

for setting in ("s2t", "s2twp"):
    print(setting, OpenCC(setting).convert("干燥 干粉 干电极 冲压 干法电极 干膜 干混 干态 冲切"))
PYTHON
cat "$folder/seen"
cat > "$folder/expected" <<'TEXT'
s2t 乾燥 乾粉 乾電極 沖壓 幹法電極 幹膜 幹混 幹態 衝切
s2twp 乾燥 乾粉 乾電極 沖壓 幹法電極 幹膜 幹混 幹態 衝切
TEXT
diff "$folder/expected" "$folder/seen"
