import fc from "fast-check";

/** Texts that mean something to a template, to HCL, to a shell, to XML or to a terminal. */
export const namedHostileTexts: readonly string[] = [
  "{{",
  "}}",
  "{{{{{",
  "pass{{word}}1234",
  'pass{{"word"}}1234',
  "{{ user `vcenter_password` }}",
  "{{ env `HOME` }}",
  "a{{/* never shown */}}b",
  "{{- trimmed -}}   x",
  "   {{ - x",
  'open{{"never closed',
  "open{{`never closed",
  "{{define `x`}}y{{end}}",
  "${var.vcenter_username}",
  "%{ if true }x%{ endif }",
  "$${ and %%{",
  "$(id) `id` \\ \\\\ \\n \" ' ; & | < > ]]> &amp; %s %7B%7B",
  "two\nlines{{and\tmore",
  // Decomposed: HCL would compose it.
  "e\u0301{{o\u0308\u0323",
  "\u0301begins with a mark",
  "\u212B\uFB01 \u{1D15E}",
  "пароль{{\u{1F512}}}",
  "\u202Eright to left\u200B",
  "-var=x --help",
  "=x=",
];

/** One piece of a hostile text. */
const piece = fc.oneof(
  fc.constantFrom("{{", "}}", "{", "}", "{{-", "-}}", "/*", "*/", '"', "`", "\\", "${", "%{", "$"),
  fc.constantFrom(
    "e\u0301",
    "\u0301",
    "\u00E9",
    "\u212B",
    "\u{1F512}",
    "\n",
    "\t",
    " ",
    "'",
    "&",
    "<",
  ),
  fc.constantFrom("if", "end", "user", "env", ".HTTPIP", "hunter2", "0", "*", "?", "[", "]", "."),
  fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => !/\p{Cc}/u.test(text)),
);

/** Texts of one to a few dozen characters. */
export const hostileTexts = fc
  .array(piece, { minLength: 1, maxLength: 12 })
  .map((pieces) => pieces.join(""))
  .filter((text) => text !== "");
