import { Progress } from "../lab/progress";

/** What the demonstration prints: headings, indented text, and a clock while something takes long. */
export class Show {
  readonly #progress = new Progress();
  #sections = 0;

  /** The next heading. */
  heading(text: string): void {
    this.#sections += 1;
    this.#progress.line(`\n${this.#sections}. ${text}`);
  }

  /** Lines below a heading. */
  lines(...lines: readonly string[]): void {
    for (const line of lines) this.#progress.line(line === "" ? "" : `   ${line}`);
  }

  /** Runs a task with a clock; then says what came of it, and how long it took. */
  async during<Result>(
    label: string,
    task: () => Promise<Result>,
    summary: (result: Result) => string,
  ): Promise<Result> {
    const { result, took } = await this.#progress.during(label, task);
    this.lines(`${summary(result)} (${took})`);
    return result;
  }
}
