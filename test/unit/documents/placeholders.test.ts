import assert from "node:assert/strict";
import {
  clusterDocuments,
  placeholderSecrets,
  placeholdersIn,
  renderDocuments,
} from "../../../documents";
import { inputsWith } from "./support";

const secrets = {
  clusterAccountPassword: "geheim-1",
  registryDockerCfg: "geheim-2",
  bgpPassword: "geheim-3",
  nsxtPassword: "geheim-4",
};
const nsxt = {
  ...{ host: "nsx.example.com", user: "deckhouse" },
  ...{ defaultIpPoolName: "pool1", tier1GatewayPath: "/infra/tier-1s/one" },
};

function renderedWith(known: Parameters<typeof inputsWith>[1], version = "1.77"): string {
  const inputs = inputsWith({ "cluster.nsxt": nsxt, "deckhouse.version": version }, known);
  return Object.values(renderDocuments(clusterDocuments(inputs))).join("");
}

describe("Placeholders", () => {
  it("stand in place of each secret that is set, and of the account's password always", () => {
    assert.deepEqual(placeholderSecrets(secrets), {
      clusterAccountPassword: "<SECRET: clusterAccountPassword>",
      registryDockerCfg: "<SECRET: registryDockerCfg>",
      bgpPassword: "<SECRET: bgpPassword>",
      nsxtPassword: "<SECRET: nsxtPassword>",
    });
    assert.deepEqual(placeholderSecrets({ bgpPassword: "x", nsxtPassword: undefined }), {
      clusterAccountPassword: "<SECRET: clusterAccountPassword>",
      bgpPassword: "<SECRET: bgpPassword>",
    });
  });

  for (const version of ["1.76", "1.77"]) {
    it(`leave no secret in what goes into a repository, for Deckhouse ${version}`, () => {
      const real = renderedWith({ secrets }, version);
      const open = renderedWith({ secrets: placeholderSecrets(secrets) }, version);
      for (const secret of Object.values(secrets)) {
        assert.ok(real.includes(secret), secret);
      }
      assert.doesNotMatch(open, /geheim/);
      assert.deepEqual(placeholdersIn(open).sort(), [
        "<PLACEHOLDER: deckhouse.imagesRepo>",
        "<SECRET: bgpPassword>",
        "<SECRET: clusterAccountPassword>",
        "<SECRET: nsxtPassword>",
        "<SECRET: registryDockerCfg>",
      ]);
    });
  }

  it("change nothing else, so that a repository shows what will be applied", () => {
    const open = renderedWith({ secrets: placeholderSecrets(secrets) });
    const filled = Object.entries(secrets).reduce(
      (text, [name, secret]) => text.replaceAll(`"<SECRET: ${name}>"`, secret),
      open,
    );
    assert.equal(filled, renderedWith({ secrets }));
  });

  it("are found each once, in the order of the text", () => {
    const text = "a: <SECRET: bgpPassword>\nb: <PLACEHOLDER: a.b>\nc: <SECRET: bgpPassword>\n";
    assert.deepEqual(placeholdersIn(text), ["<SECRET: bgpPassword>", "<PLACEHOLDER: a.b>"]);
    for (const other of ["", "a: <b>\n", "SECRET: a", "<SECRET>", "<SECRET: >"]) {
      assert.deepEqual(placeholdersIn(other), []);
    }
  });
});
