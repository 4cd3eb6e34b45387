import type * as pulumi from "@pulumi/pulumi";

import type { TemplateImageArgs } from "../../components/templateImage/args";
import { TemplateImage } from "../../components/templateImage/templateImage";
import { repositoryRoot } from "../../configuration/projectFiles";
import type { PackerSource } from "../../template/recipe";
import type { TemplateRequest } from "../../template/request";
import { recordProgram, type RecordedProgram, type RegisteredResource } from "./pulumiMocks";
import { examplePlace, exampleRequest, exampleTimeouts } from "./templateImages";

/** The type of what looks at templates. */
export const lookupType = "pulumi-nodejs:dynamic/templateLookup:TemplateLookup";

/** The type of what makes them. */
export const commandType = "command:local:Command";

/** Where the template is to be in each of two regions. */
export const examplePlaces = {
  "k8s-region-x1": examplePlace,
  "k8s-region-x2": {
    datacenter: "/X2",
    cluster: "/X2/host/x2_cluster_prod",
    resourcePool: "packer",
    datastore: "/X2/datastore/x2_root",
    folder: "/X2/vm/Images",
    network: "/X2/network/k8s-nodes",
  },
} as const;

/** Deckhouse's folder, whose fingerprint follows from the commit alone. */
export const exampleSource: PackerSource = {
  kind: "deckhouse",
  ubuntu: "22.04",
  commit: "8c480510854a9fbc9a0294ea4627af92f6d0a275",
  repository: "../deckhouse",
};

/** The name of that template; its fingerprint is pinned in test/unit/template/fingerprint.test.ts. */
export const exampleTemplate = "ubuntu-jammy-22.04-packer-77d81f19";

/** A template of {@link exampleSource} in two regions. */
export const exampleTemplateImage: TemplateImageArgs = {
  source: exampleSource,
  regions: {
    "k8s-region-x1": {
      datacenter: "/X1",
      place: examplePlaces["k8s-region-x1"],
      smallestRootDisk: 30,
    },
    "k8s-region-x2": { datacenter: "/X2", place: examplePlaces["k8s-region-x2"] },
  },
  timeouts: exampleTimeouts,
  vCenter: exampleRequest.vCenter,
  root: repositoryRoot(),
};

/** What providers tell of the component's resources, by their names. */
export function templateOutputs(name: string): object {
  return name.endsWith("-lookup") ? { rebuilds: 3 } : { stdout: '{"template":"..."}' };
}

/** Makes the example with changes, against mocks. */
export function recordTemplateImage(
  changes: Partial<TemplateImageArgs>,
  options: pulumi.ComponentResourceOptions = {},
): Promise<RecordedProgram> {
  return recordProgram(
    { preview: false, outputs: templateOutputs },
    () => new TemplateImage("template", { ...exampleTemplateImage, ...changes }, options),
  );
}

/** The Commands of a program. */
export function commandsOf({ resources }: RecordedProgram): RegisteredResource[] {
  return resources.filter(({ type }) => type === commandType);
}

/** What each Command's runner is asked to do, by the Command's name. */
export function requestsOf(recorded: RecordedProgram): Record<string, TemplateRequest> {
  return Object.fromEntries(
    commandsOf(recorded).map(({ name, inputs }) => {
      const environment = inputs["environment"] as Record<string, string>;
      const text = environment["DECKHOUSE_VSPHERE_TEMPLATE_REQUEST"] ?? "";
      return [name, JSON.parse(text) as TemplateRequest];
    }),
  );
}
