import type { PackerSource } from "./source";

/** The value of a Packer variable. */
export type VariableValue = string | number | boolean | readonly string[];

/** An installer's image. */
export interface InstallerImage {
  /** An address, or the path of a file: absolute, or from the root of this repository. */
  readonly url: string;
  /** `sha256:...`, `sha512:...`, or `file:` and the address of a list. */
  readonly checksum: string;
}

/** The template's own machine; what is left out is as the Packer folder says. */
export interface TemplateHardware {
  readonly numCPUs?: number;
  readonly coresPerSocket?: number;
  /** MiB. */
  readonly memory?: number;
  /** GiB. */
  readonly diskSize?: number;
}

/** Everything that shapes an image, and nothing of where or how it is built. */
export interface ImageRecipe {
  readonly source: PackerSource;
  readonly installer?: InstallerImage;
  readonly hardware: TemplateHardware;
  /** Further variables for Packer. */
  readonly variables: Readonly<Record<string, VariableValue>>;
}
