/** Runs a task, and gathers what it prints by `console.log`, which the engine shows beside the resource. */
export async function withPrintedLines<T>(
  task: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: string[] }> {
  const lines: string[] = [];
  const print = console.log;
  console.log = (...values: unknown[]) => void lines.push(values.map(String).join(" "));
  try {
    return { result: await task(), lines };
  } finally {
    console.log = print;
  }
}

/** Has the tests of a suite keep to themselves what is printed by `console.log`, where it is not what they are about. */
export function withoutPrintedLines(): void {
  const print = console.log;
  beforeEach(() => (console.log = () => undefined));
  afterEach(() => (console.log = print));
}
