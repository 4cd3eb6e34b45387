import { smallFile, type Figures } from "./measure";

/** No line of the report is longer. */
const width = 100;

/** One figure of the report, and what it should be. */
interface Row {
  readonly label: string;
  readonly value: (figures: Figures) => number;
  /** How many digits after the point are shown, rounded up so that no miss looks like a hit. */
  readonly digits?: number;
  /** The most that the figure should be; without it, the figure only informs. */
  readonly goal?: number;
}

const rows: readonly Row[] = [
  { label: "visible folders at the top", value: ({ folders }) => folders.length, goal: 16 },
  {
    label: "source files of program and scripts",
    value: ({ program, scripts }) => program.files + scripts.files,
    goal: 220,
  },
  { label: "  of the program", value: ({ program }) => program.files },
  { label: "  of the scripts", value: ({ scripts }) => scripts.files },
  {
    label: `  of ${smallFile} lines or fewer`,
    value: ({ program, scripts }) => program.smallFiles + scripts.smallFiles,
  },
  { label: "source files of tests", value: ({ tests }) => tests.files },
  { label: `  of ${smallFile} lines or fewer`, value: ({ tests }) => tests.smallFiles },
  { label: "lines of the program", value: ({ program }) => program.lines },
  { label: "lines of the scripts", value: ({ scripts }) => scripts.lines },
  { label: "lines of tests", value: ({ tests }) => tests.lines },
  {
    label: "test lines for one line of the program",
    value: ({ program, tests }) => tests.lines / program.lines,
    digits: 2,
    goal: 1.3,
  },
  { label: "generated files", value: ({ generated }) => generated.files },
  { label: "generated lines", value: ({ generated }) => generated.lines },
  { label: "imports across rooms", value: ({ acrossRooms }) => sum(acrossRooms, "count") },
  { label: "  of types alone", value: ({ acrossRooms }) => sum(acrossRooms, "typeOnly") },
  { label: "circles of files", value: ({ circlesOfFiles }) => circlesOfFiles.length, goal: 0 },
  { label: "  files in them", value: ({ circlesOfFiles }) => circlesOfFiles.flat().length },
  { label: "circles of rooms", value: ({ circlesOfRooms }) => circlesOfRooms.length, goal: 0 },
];

function sum(of: Figures["acrossRooms"], key: "count" | "typeOnly"): number {
  return of.reduce((total, one) => total + one[key], 0);
}

/** The figures under the name of their column: "now", or "before" and "after". */
export type Columns = ReadonlyMap<string, Figures>;

/** The labels of the goals that figures miss. */
export function missedGoals(figures: Figures): string[] {
  return rows
    .filter(({ value, goal }) => goal !== undefined && value(figures) > goal)
    .map(({ label }) => label.trim());
}

/**
 * The figures side by side, with the goals that the last column meets or misses; below them who imports whom, and what
 * the circles are.
 */
export function report(columns: Columns): string {
  return [
    ...[...columns].map(([name, { state }]) => `${name}: ${state}`),
    "",
    ...table(columns),
    ...[...columns].flatMap(([name, figures]) => details(name, figures)),
  ].join("\n");
}

function table(columns: Columns): string[] {
  const labels = Math.max(...rows.map(({ label }) => label.length));
  const line = (label: string, cells: readonly string[], end: string): string =>
    `${label.padEnd(labels)}${cells.map((cell) => cell.padStart(10)).join("")}  ${end}`.trimEnd();
  const last = [...columns.values()].at(-1);
  return [
    line("", [...columns.keys()], "goal"),
    ...rows.map((row) => {
      const cells = [...columns.values()].map((figures) => shown(row, figures));
      return line(row.label, cells, last === undefined ? "" : verdict(row, last));
    }),
  ];
}

function shown({ value, digits = 0 }: Row, figures: Figures): string {
  const scale = 10 ** digits;
  return (Math.ceil(value(figures) * scale) / scale).toFixed(digits);
}

function verdict({ value, goal }: Row, figures: Figures): string {
  if (goal === undefined) return "";
  const wanted = goal === 0 ? "none" : `at most ${goal}`;
  return `${wanted}: ${value(figures) <= goal ? "met" : "not met"}`;
}

function details(name: string, figures: Figures): string[] {
  const { acrossRooms, circlesOfFiles, circlesOfRooms } = figures;
  const rooms = [...new Set(acrossRooms.map(({ from }) => from))];
  const names = Math.max(0, ...rooms.map((room) => room.length));
  return [
    `\nImports across rooms, ${name} (in brackets: of types alone)`,
    ...rooms.flatMap((room) => {
      const targets = acrossRooms.filter(({ from }) => from === room).map(target);
      return wrapped(room.padEnd(names), targets);
    }),
    ...listed(`Circles of files, ${name}`, circlesOfFiles),
    ...listed(`Circles of rooms, ${name}`, circlesOfRooms),
  ];
}

function target({ to, count, typeOnly }: Figures["acrossRooms"][number]): string {
  return typeOnly === 0 ? `${to} ${count}` : `${to} ${count} (${typeOnly})`;
}

function listed(title: string, groups: readonly (readonly string[])[]): string[] {
  if (groups.length === 0) return [];
  return [`\n${title}`, ...groups.flatMap((group) => wrapped("-", group))];
}

/** Words after a first one, separated by commas; further lines are indented below the first word. */
function wrapped(first: string, words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = `  ${first}  `;
  const indent = " ".repeat(line.length);
  for (const [index, word] of words.entries()) {
    const piece = index < words.length - 1 ? `${word}, ` : word;
    if (line.trim() !== "" && line.length + piece.trimEnd().length > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += piece;
  }
  return [...lines, line];
}
