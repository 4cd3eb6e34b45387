import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { parseConfiguration } from "../../../../configuration";
import type { BuildingPassword } from "../../../../configuration/buildingPassword";
import { repositoryRoot } from "../../../../configuration/projectFiles";
import {
  templateImageArgs,
  type TemplateImageArgs,
} from "../../../../components/templateImage/args";
import { plain, type Changes } from "../../../support/changedConfiguration";
import { valueOf } from "../../../support/pulumiMocks";
import { exampleConnection } from "../../../support/templateImages";
import { stackWith } from "../../configuration/support";

const network: Changes = { 'templateImage.places["k8s-region-x2"].network': "k8s-nodes" };

function argsOf(
  changes: Changes,
  connection = exampleConnection,
  password: BuildingPassword = { variable: "VSPHERE_PASSWORD" },
): TemplateImageArgs {
  const { templateImage, regions } = parseConfiguration(stackWith(changes));
  assert.ok(templateImage);
  return templateImageArgs(templateImage, regions, connection, password);
}

const vCenter = {
  server: "vcenter.example.com",
  user: "administrator@vsphere.local",
  insecure: false,
  passwordVariable: "VSPHERE_PASSWORD",
};

describe("the arguments of the template's component", () => {
  it("are what the configuration says, with places and datacenters of the regions in their order", () => {
    const { regions, timeouts, ...rest } = argsOf({ "templateImage.builtin": {}, ...network });
    assert.deepEqual(plain(rest), {
      root: repositoryRoot(),
      vCenter,
      source: { kind: "builtin", ubuntu: "24.04" },
      hardware: {},
      variables: {},
      distribution: "copy",
      oldTemplates: "keep",
    });
    assert.equal(timeouts.build, 7200);
    assert.deepEqual(
      Object.entries(regions).map(([name, { datacenter, place }]) =>
        [name, datacenter, place?.datacenter].join(" "),
      ),
      ["k8s-region-x1 /X1 /X1", "k8s-region-x2 /X2 /X2"],
    );
  });

  it("have the former name of a region that is renamed", () => {
    const former = { "regions[1].formerName": "k8s-region-old" };
    const { regions } = argsOf({ "templateImage.builtin": {}, ...network, ...former });
    assert.deepEqual(
      Object.entries(regions).map(([name, { formerKey }]) => [name, formerKey]),
      [
        ["k8s-region-x1", undefined],
        ["k8s-region-x2", "k8s-region-old"],
      ],
    );
  });

  it("hand on what is there alone", () => {
    const args = argsOf(
      {
        "templateImage.builtin": {},
        ...network,
        "templateImage.isoUrl": "u.iso",
        "templateImage.isoChecksum": `sha256:${"a".repeat(64)}`,
        "templateImage.httpAddress": "10.8.0.5",
        "templateImage.account": { username: "packer@vsphere.local" },
      },
      { ...exampleConnection, insecure: true, certificateAuthority: "PEM" },
    );
    assert.deepEqual(args.installer, { url: "u.iso", checksum: `sha256:${"a".repeat(64)}` });
    assert.equal(args.httpAddress, "10.8.0.5");
    const connection = { insecure: true, certificateAuthority: "PEM" };
    assert.deepEqual(args.vCenter, { ...vCenter, user: "packer@vsphere.local", ...connection });
  });

  it("have the password as a secret, and that of the connection in no way", async () => {
    const { password, ...rest } = argsOf(
      { "templateImage.builtin": {}, ...network },
      exampleConnection,
      { variable: "VSPHERE_PASSWORD", value: "hunter2-of-the-builder" },
    );
    const output = pulumi.output(password);
    assert.equal(await pulumi.isSecret(output), true);
    assert.equal(await valueOf(output), "hunter2-of-the-builder");
    assert.ok(!JSON.stringify(rest).includes("hunter2"));
  });

  it("have no place and no password for a template that exists", () => {
    const template = "Templates/theirs";
    const args = argsOf({ "templateImage.existing": { template } }, exampleConnection, {
      variable: "VSPHERE_PASSWORD",
      value: "hunter2-of-the-vcenter",
    });
    assert.deepEqual(args.source, { kind: "existing", template });
    assert.deepEqual(plain(args.regions), {
      "k8s-region-x1": { datacenter: "/X1" },
      "k8s-region-x2": { datacenter: "/X2" },
    });
    assert.ok(!("password" in args));
  });
});

describe("the root of the repository", () => {
  it("is the nearest folder above with a Pulumi.yaml, from sources and from what is compiled", () => {
    const root = repositoryRoot();
    assert.ok(existsSync(join(root, "Pulumi.yaml")));
    assert.equal(repositoryRoot(join(root, ".compiled", "0123abcd", "program")), root);
    assert.equal(repositoryRoot(root), root);
  });

  it("is the top where there is none", () => {
    assert.equal(repositoryRoot("/"), "/");
  });
});
