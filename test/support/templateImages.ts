import assert from "node:assert/strict";

import { parseConfiguration } from "../../configuration";
import type { BuildingPassword } from "../../configuration/buildingPassword";
import { templateImageArgs } from "../../components/templateImage/args";
import { templateName, folderContents, type ImageRecipe, localFolder } from "../../template/recipe";
import type { TemplatePlace, TemplateRequest, TemplateTimeouts } from "../../template/request";
import type { VCenterConnection } from "../../vcenter";

/** The connection of a stack. */
export const exampleConnection: VCenterConnection = {
  server: "vcenter.example.com",
  user: "administrator@vsphere.local",
  password: "hunter2-of-the-vcenter",
  insecure: false,
};

/** A place in the first datacenter. */
export const examplePlace: TemplatePlace = {
  datacenter: "/X1",
  cluster: "/X1/host/x1_cluster_prod",
  resourcePool: "",
  datastore: "/X1/datastore/x1_root",
  folder: "/X1/vm/Templates",
  network: "/X1/network/k8s-nodes",
};

/** Seconds, one number for each stage. */
export const exampleTimeouts: TemplateTimeouts = {
  fetch: 60,
  init: 61,
  build: 62,
  copy: 63,
  cleanUp: 2,
};

/** The image of this project's own folder. */
export const builtinRecipe: ImageRecipe = {
  source: { kind: "builtin", ubuntu: "24.04" },
  hardware: {},
  variables: {},
};

/** What a runner is asked to do for the first region. */
export const exampleRequest: TemplateRequest = {
  name: "ubuntu-noble-24.04-0123abcd",
  place: examplePlace,
  vCenter: {
    server: exampleConnection.server,
    user: exampleConnection.user,
    insecure: false,
    passwordVariable: "VSPHERE_PASSWORD",
  },
  timeouts: exampleTimeouts,
  build: { recipe: builtinRecipe },
};

/** What may differ beside the configuration when a name is worked out. */
export interface NameCircumstances {
  readonly connection?: Partial<VCenterConnection>;
  readonly password?: BuildingPassword;
}

/** The name that the template of a stack gets; undefined when none is built. */
export function templateNameOf(
  raw: unknown,
  { connection = {}, password = { variable: "VSPHERE_PASSWORD" } }: NameCircumstances = {},
): string | undefined {
  const { templateImage, regions } = parseConfiguration(raw);
  assert.ok(templateImage, "the configuration has no templateImage");
  const { source, installer, hardware, variables, root } = templateImageArgs(
    templateImage,
    regions,
    { ...exampleConnection, ...connection },
    password,
  );
  if (source.kind === "existing") return undefined;
  const folder = localFolder(source, root);
  const recipe = { source, hardware: hardware ?? {}, variables: variables ?? {} };
  return templateName(
    installer === undefined ? recipe : { ...recipe, installer },
    folder && folderContents(folder),
  );
}
