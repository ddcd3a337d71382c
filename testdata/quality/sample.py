#!/usr/bin/env python3
"""Draws relations at random from newswire that nobody annotated, to be read and marked by hand.

usage: sample.py TEXT.tsv DYAD [N [SEED]]

TEXT.tsv has a number and a sentence a line, in article order; eight lines make a passage. Each relation is printed as a
row of voa-100.tsv with an empty mark, and below it, as a comment, its sentence, which does not go into the file.
"""
import json, random, subprocess, sys

PASSAGE = 8


def main():
    rows = [line.rstrip('\n').split('\t', 1) for line in open(sys.argv[1])]
    passages = [rows[i:i + PASSAGE] for i in range(0, len(rows), PASSAGE)]
    articles = ''.join(json.dumps({'id': p[0][0], 'text': ' '.join(s for _, s in p)}) + '\n' for p in passages)
    out = subprocess.run([sys.argv[2], 'extract', '--input-format', 'jsonl', '--format', 'json', '-'],
                         input=articles, capture_output=True, text=True, check=True).stdout
    found = []
    for d in map(json.loads, filter(None, out.split('\n'))):
        def name(a):
            return d['entities'][a['entity']]['name'] if a.get('entity') is not None else '[' + a['phrase'] + ']'
        for r in d['relations']:
            s = d['sentences'][r['evidence']['sentence']]
            how = ' '.join(q for q in (r['polarity'], r['modality']) if q not in ('positive', 'actual'))
            found.append(((d['id'], name(r['subject']), r['relation'], name(r['object']), how, str(r['confidence'])),
                          d['text'][s['start']:s['end']]))
    random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    print('mark', 'passage', 'subject', 'relation', 'object', 'qualifiers', 'confidence', sep='\t')
    for row, sentence in random.sample(found, int(sys.argv[3]) if len(sys.argv) > 3 else 100):
        print('', *row, sep='\t')
        print('#', sentence)


main()
