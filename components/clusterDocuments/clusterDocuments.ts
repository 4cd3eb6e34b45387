import * as pulumi from "@pulumi/pulumi";

import type { RegionDocuments } from "../../documents";
import { clusterDocumentsType } from "./clusterDocumentsType";

/** The inputs of {@link ClusterDocuments}. */
export interface ClusterDocumentsArgs {
  /** The documents without secrets, by the region's name and the file's name. */
  readonly files: pulumi.Output<RegionDocuments>;
}

/**
 * Keeps Deckhouse's documents in the state, with placeholders for their secrets, where `npm run render -- --placeholders`
 * and `npm run review` read them. It makes nothing. The engine prints every line of a stack's outputs, hundreds here; of
 * the outputs of a component it prints none unless asked for details.
 */
export class ClusterDocuments extends pulumi.ComponentResource {
  constructor(
    name: string,
    { files }: ClusterDocumentsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super(clusterDocumentsType, name, {}, { ...options, hideDiffs: ["files"] });
    this.registerOutputs({ files });
  }
}
