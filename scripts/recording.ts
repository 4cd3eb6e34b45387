/**
 * Records what `make demo` prints as a picture of a terminal for the README, docs/screenshots/demo.svg.
 *
 *     npm run recording          needs the lab, as make demo does (make setup)
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { main } from "../commands/run";
import { wrapped } from "../commands/wrapped";
import { repositoryRoot } from "./lab/folders";

/** Where the picture is, for the documentation. */
export const recordingFile = join(repositoryRoot, "docs", "screenshots", "demo.svg");

/** The steps of the demonstration that are shown, by how their headings begin. */
export const shownSteps = [
  "npm run review, with a slip of the pen",
  "npm run review, with Pulumi.dev.yaml",
  "pulumi up",
  "Somebody takes the tag",
  "pulumi up once more",
] as const;

/** How many lines of a step are shown. */
const longestStep = 32;
/** The demonstration indents the 120 columns of a review by three. */
const columns = 123;
const lineHeight = 17;
const characterWidth = 7.8;
const margin = 16;

/** A line's colour by what it begins with; the first that fits counts. The colours are those of a dark terminal. */
const colours: readonly (readonly [begins: RegExp, colour: string])[] = [
  [/^\d+\. /, "#79c0ff"],
  [/^ {3}\+ /, "#7ee787"],
  [/^ {3}- /, "#ff7b72"],
  [/^ {3}! /, "#e3b341"],
  [/^ {3}(Look closely|What |Changed )/, "#ffffff"],
];

/**
 * The lines of the steps that are shown, none wider than the picture.
 *
 * @param output what the demonstration printed
 */
export function shownLines(output: string): string[] {
  const steps = output.trim().split(/\n\n(?=\d+\. )/);
  const isShown = (step: string): boolean =>
    shownSteps.some((begins) => new RegExp(`^\\d+\\. ${begins}(?=$|\\n|[ :,])`).test(step));
  return steps.filter(isShown).flatMap((step) => {
    const lines = step.split("\n").flatMap(folded);
    const rest = lines.length - longestStep;
    const shown =
      rest > 0 ? [...lines.slice(0, longestStep), `   ... and ${rest} more lines`] : lines;
    return [...shown, ""];
  });
}

function folded(line: string): string[] {
  if (line.length <= columns) return [line];
  const [indentation = ""] = /^ */.exec(line) ?? [];
  return wrapped(line.trimStart(), indentation);
}

/** A picture of a terminal with these lines. It has no scripts, and text that can be selected. */
export function picture(lines: readonly string[]): string {
  const width = Math.ceil(columns * characterWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const texts = lines.flatMap((line, index) => {
    if (line === "") return [];
    const colour = colours.find(([begins]) => begins.test(line))?.[1] ?? "#c9d1d9";
    const y = margin + (index + 1) * lineHeight - 4;
    return [`<text x="${margin}" y="${y}" fill="${colour}">${escaped(line)}</text>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    "<title>What make demo prints</title>",
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">`,
    ...texts,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** Runs of spaces would become one, whatever the picture says of them. */
function escaped(text: string): string {
  const kept = text.replaceAll(/ {2,}/g, (spaces) => "\u00a0".repeat(spaces.length));
  return kept.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

if (require.main === module) {
  main(async () => {
    const demo = ["--import", "tsx", join(repositoryRoot, "scripts", "demo.ts")];
    const { stdout } = await promisify(execFile)(process.execPath, demo, { cwd: repositoryRoot });
    writeFileSync(recordingFile, picture(shownLines(stdout)));
    console.log(recordingFile);
  });
}
