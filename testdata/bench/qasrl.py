#!/usr/bin/env python3
"""Scores open clauses (dyad extract --open) against question-answer spans of verbs (QA-SRL).

usage: qasrl.py GOLD.jsonl DYAD

GOLD: {"id", "tokens", "verbs": [{"verb_index", "args": [{"question", "spans": [[first, end], …]}]}]}, token ranges. A found
argument of the verb's clause and a gold answer agree when they share at least half of the shorter one; each gold question
counts once, whichever of its spans is met.
"""
import json, subprocess, sys

CLOSING = {',', '.', ';', ':', '?', '!', ')', "'s", '’s', "n't", "''", '%'}
OPENING = {'(', '``', '$'}


def join(tokens):
    """The tokens as text, and each token's span in it."""
    text, spans = '', []
    for i, word in enumerate(tokens):
        if i and word not in CLOSING and tokens[i - 1] not in OPENING:
            text += ' '
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def agree(a, b):
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and 2 * shared >= min(a[1] - a[0], b[1] - b[0])


def main():
    gold = [json.loads(line) for line in open(sys.argv[1])]
    texts = [join(g['tokens']) for g in gold]
    articles = ''.join(json.dumps({'id': str(i), 'text': t}) + '\n' for i, (t, _) in enumerate(texts))
    out = subprocess.run([sys.argv[2], 'extract', '--open', '--input-format', 'jsonl', '--format', 'json', '-'],
                         input=articles, capture_output=True, text=True, check=True).stdout
    found = {d['id']: d for d in map(json.loads, out.splitlines())}
    asked = met = given = right = 0
    for i, g in enumerate(gold):
        spans = texts[i][1]
        for verb in g['verbs']:
            start, end = spans[verb['verb_index']]
            clause = next((c for c in found[str(i)].get('clauses') or [] if start <= c['predicate']['start'] < end), {})
            arguments = [(a['start'], a['end']) for a in clause.get('arguments', [])]
            answers = [[(spans[a][0], spans[b - 1][1]) for a, b in q['spans']] for q in verb['args']]
            asked += len(answers)
            met += sum(any(agree(a, s) for a in arguments for s in q) for q in answers)
            given += len(arguments)
            right += sum(any(agree(a, s) for q in answers for s in q) for a in arguments)
    p, r = right / given, met / asked
    print('argument spans P %.3f R %.3f F %.3f  gold %d found %d' % (p, r, 2 * p * r / (p + r), asked, given))


main()
