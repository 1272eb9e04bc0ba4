/** The texts of a new rule folder, ready to be filled in; they are well formed, so that the tests tell what is left. */
export function newRuleFiles(options: {
  id: string;
  title: string;
}): Readonly<Record<string, string>> {
  const { id, title } = options;
  return { "rule.yml": rule(id, title), "cases.yml": CASES, "README.md": page(id, title) };
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u;

/** What is wrong with an id, in words; undefined when nothing is. */
export function problemOfId(id: string, taken: readonly string[]): string | undefined {
  if (!KEBAB.test(id))
    return `"${id}" is not kebab-case: write what is seen, as in linux-only-call`;
  return taken.includes(id) ? `there is a rule "${id}" already` : undefined;
}

function rule(id: string, title: string): string {
  return `# yaml-language-server: $schema=../../schemas/rule.schema.json
id: ${id}
title: ${JSON.stringify(title)}
description: >-
  What the code does, and what happens to it in an APE.
harm: fails
level: warning
confidence: medium
query:
  kind: libc-use
  symbolKind: fn
  context: { not: [import, type] }
  name: [name_of_the_function]
hosts: off-linux
message: "\`{symbol}\` fails on {hosts}"
help: What to do in its place.
links: []
tags: []
`;
}

const CASES = `bad:
  - name: call
    why: say why this is bad
    code: |
      unsafe fn call() {
          unsafe { libc::name_of_the_function() };
      }
    expect: [name_of_the_function]
ok:
  - name: own-function
    why: say why this is fine
    code: |
      fn name_of_the_function() {}
      fn call() {
          name_of_the_function();
      }
`;

function page(id: string, title: string): string {
  return `# ${id}

${title}.

## What it sees

Say which code, by name and by place.

\`\`\`rust bad
unsafe fn call() {
    unsafe { libc::name_of_the_function() };
}
\`\`\`

## Why it breaks

| host | what happens |
| --- | --- |
| Linux | works |
| others | say what |

## Fix

Say what to write.

\`\`\`rust ok
fn call() {}
\`\`\`

## When not to care

- Say when it is harmless.

## Known gaps

- Say what it does not see.
`;
}
