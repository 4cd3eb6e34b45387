/**
 * What `npm run mutants` changes, and which tests have to notice. Files and folders, from the root of the repository;
 * one that is not there stops the command, so that nothing drops out of the measure unseen when a file moves.
 */
export interface Scope {
  /** The files whose operators are changed. */
  readonly mutated: readonly string[];
  /** The tests that run. */
  readonly tests: readonly string[];
  /** What is left out of both. */
  readonly left: readonly string[];
  /** Titles of tests that would make the measure slow or a matter of luck. */
  readonly without: readonly string[];
  /** The folder with symbolic links to folders, which StrykerJS does not know how to copy. */
  readonly linked: string;
}

/** Rules, planning and documents. */
export const scope: Scope = {
  mutated: [
    "configuration",
    "documents",
    "findings",
    "preflight",
    "components/kubernetesRole/permission/check.ts",
    "components/kubernetesRole/permission/rule.ts",
    "components/regionZoneTagging/tagAttachments/cardinality.ts",
    "components/regionZoneTagging/tagAttachments/check.ts",
    "components/regionZoneTagging/tagAttachments/conflicts.ts",
    "components/regionZoneTagging/tagAttachments/plan.ts",
    "components/regionZoneTagging/tagAttachments/resolve.ts",
    "template/packerVariables.ts",
    "template/plan.ts",
    "template/recipe.ts",
  ],
  tests: [
    "test/unit/configuration",
    "test/unit/documents",
    "test/unit/findings",
    "test/unit/preflight",
    "test/unit/components",
    "test/unit/template",
  ],
  left: [
    // Declarations, which are evaluated once, while the tests are being loaded.
    "configuration/schema",
    "configuration/privileges",
    // Words and keys for the reference and for editors.
    "configuration/jsonSchema",
    // What reads Pulumi's configuration, files and the environment.
    "configuration/load.ts",
    "configuration/connection.ts",
    "configuration/stackSettings.ts",
    "configuration/projectFiles.ts",
    // What talks to vCenter.
    // Tests that start processes.
    "test/unit/template/packer",
    "test/unit/template/runner",
  ],
  without: [
    // It looks for seconds at what the tests' own generator makes.
    "every kind of cluster and every key of it comes up, in regions or at the top",
    // They measure time, and would fail on a busy machine.
    "10,000 missing datastores are told in short and in seconds, and hide nothing else",
    "finds the permissions of 10,000 objects among 10,000 without going through all for each",
  ],
  linked: "template/packer",
};
