import assert from "node:assert/strict";

import { parseConfiguration } from "../../../configuration";
import type { Changes } from "../../support/changedConfiguration";
import { faultLines, stackWith, testFaults } from "./support";
import { broken, builtin, existing, masters, secondPlace } from "./templateSupport";

const x1 = 'templateImage.places["k8s-region-x1"]';

describe("the place of a template", () => {
  testFaults(
    broken(builtin, {
      "is known in every region": [
        { [secondPlace]: undefined },
        `${secondPlace}.network: found nothing: the template needs a network in k8s-region-x2, and none follows from the main ` +
          "network of the masters: name it here",
      ],
      "is said of a region that exists": [
        { 'templateImage.places["k8s-region-x3"]': { network: "n" } },
        'templateImage.places["k8s-region-x3"]: found an object: no region has this name, and this would have no effect: ' +
          "write one of k8s-region-x1, k8s-region-x2",
      ],
      "is in the cluster's datacenter": [
        { [`${x1}.cluster`]: "/X2/host/c" },
        `${x1}.cluster: found "/X2/host/c": it is outside /X1, the datacenter of this region: write a path that begins ` +
          "with /X1/host/, or c alone",
      ],
      "is in the datastore's datacenter": [
        { [`${x1}.datastore`]: "/X2/datastore/d" },
        `${x1}.datastore: found "/X2/datastore/d": it is outside /X1, the datacenter of this region: write a path that ` +
          "begins with /X1/datastore/, or d alone",
      ],
      "is in the network's datacenter": [
        { [`${x1}.network`]: "/X2/network/n" },
        `${x1}.network: found "/X2/network/n": it is outside /X1, the datacenter of this region: write a path that begins ` +
          "with /X1/network/, or n alone",
      ],
      "is in the folder's datacenter": [
        { [`${x1}.folder`]: "/X2/vm/f" },
        `${x1}.folder: found "/X2/vm/f": it is outside /X1, the datacenter of this region: write a path that begins with ` +
          "/X1/vm/, or f alone",
      ],
      "is in a datacenter whose name is no pattern": [
        { "regions[0].datacenter": "/Europe/[X1]" },
        'regions[0].datacenter: found "/Europe/[X1]": the installer reads it as a pattern, in which [ and ] have another ' +
          'meaning, and would stop with "datacenter not found" or take another datacenter: use another datacenter; with ' +
          "another name this one would be unknown to clusters and people that look for it",
      ],
      "is in a datacenter whose name is no pattern, also where no cluster is": [
        { "regions[1].datacenter": "/Europe/[X2]", "templateImage.distribution": "buildInTurn" },
        'regions[1].datacenter: found "/Europe/[X2]": Packer\'s vSphere plugin takes * ? [ and \\ in the path of a datacenter ' +
          "for a pattern, and there is no way to quote them, so it could not build the template there: take a template " +
          "that is there already (templateImage.existing); with another name the datacenter would be unknown to clusters " +
          "and people that look for it",
      ],
      "is on a datastore without brackets in its name": [
        { [`${x1}.datastore`]: "fast/x1[1]" },
        `${x1}.datastore: found "x1[1]": a file on it is written as [datastore] path, in which a bracket of the name cannot be ` +
          "quoted, so Packer could not put the template's files there: name another datastore here; with another name this " +
          "one would be unknown to clusters and people that look for it",
      ],
      "is a folder in every datacenter when one is said of all": [
        { "templateImage.folder": "/X1/vm/Images" },
        'templateImage.folder: found "/X1/vm/Images": it is outside /X2, where k8s-region-x2 needs the template: write the ' +
          "path below each datacenter's vm folder, without the datacenter",
      ],
    }),
  );

  it("may be a full path, and a folder of all may be one where each other region has its own", () => {
    parseConfiguration(
      stackWith({
        ...builtin,
        [`${x1}.cluster`]: "/X1/host/c",
        "templateImage.folder": "/X1/vm/Images",
        [`${secondPlace}.folder`]: "Images",
      }),
    );
  });

  it("may have patterns in all other names, and everywhere where vCenter copies or others built", () => {
    const names = {
      cluster: "c*[1]\\",
      host: "h?",
      resourcePool: "p[",
      network: "n*]",
    };
    parseConfiguration(
      stackWith({
        ...builtin,
        [x1]: { ...names, datastore: "d*?\\" },
        "regions[1].datacenter": "/X2*",
        // No node is cloned from the template in this region.
        [secondPlace]: { network: "n", datastore: "d[1]", folder: "f?" },
      }),
    );
    const inTurn = { ...builtin, "templateImage.distribution": "buildInTurn" };
    assert.deepEqual(
      faultLines(stackWith({ ...inTurn, "regions[1].datacenter": "/X2*" })).map(
        (line) => line.split(": found ")[0],
      ),
      ["regions[1].datacenter"],
    );
    parseConfiguration(stackWith({ ...existing, "regions[1].datacenter": "/X2?" }));
  });

  it("is not missed where it would come from what cannot be read", () => {
    const only = (changes: Changes): string[] =>
      faultLines(stackWith({ ...builtin, ...changes })).map((line) => line.split(": found ")[0]!);
    assert.deepEqual(only({ [`${secondPlace}.network`]: 4 }), [`${secondPlace}.network`]);
    assert.deepEqual(only({ [`${masters}.mainNetwork`]: 4 }), [`${masters}.mainNetwork`]);
    assert.deepEqual(only({ "regions[0].zones[0].cluster": 4 }), ["regions[0].zones[0].cluster"]);
    assert.deepEqual(only({ "templateImage.folder": 4 }), ["templateImage.folder"]);
    assert.deepEqual(
      only({ [secondPlace]: undefined, clusterConfiguration: { masterNodeGroup: 4 } }),
      [
        "clusterConfiguration.masterNodeGroup",
        // The general configuration makes one for the second region too, and it lacks what only the first has.
        ...["networks", "sshPublicKey", "vmFolderPath"].map(
          (key) => `regions[1].clusterConfiguration.${key}`,
        ),
      ],
    );
  });

  it("is not judged by a region whose name cannot be read", () => {
    const lines = faultLines(
      stackWith({
        ...builtin,
        "regions[1].name": 4,
      }),
    );
    assert.deepEqual(
      lines.map((line) => line.split(": found ")[0]),
      ["regions[1].name"],
    );
  });
});
