import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Remembers from which inputs a file was made, so that it is made again only when they change. */
export class Stamp {
  readonly #stampFile: string;
  readonly #product: string;

  /**
   * @param stampFile where the inputs are remembered
   * @param product what was made from them
   */
  constructor(stampFile: string, product: string) {
    this.#stampFile = stampFile;
    this.#product = product;
  }

  /** Whether the product is there and was made from these inputs. */
  isFresh(inputs: string): boolean {
    return (
      existsSync(this.#product) &&
      existsSync(this.#stampFile) &&
      readFileSync(this.#stampFile, "utf8") === inputs
    );
  }

  /** To be called before the product is touched: a half-made one is never taken for fresh. */
  remove(): void {
    rmSync(this.#stampFile, { force: true });
  }

  /** To be called when the product is complete. */
  write(inputs: string): void {
    mkdirSync(dirname(this.#stampFile), { recursive: true });
    writeFileSync(this.#stampFile, inputs);
  }
}
