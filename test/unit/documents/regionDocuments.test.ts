import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { parseConfiguration } from "../../../configuration";
import { exampleConfiguration } from "../../support/writtenExample";
import {
  documentsWithoutSecrets,
  placeholderSecrets,
  placeholdersIn,
  regionDocuments,
  type RegionDocuments,
} from "../../../documents";
import { certificate } from "../../support/certificate";
import { changed, valueAt, type Changes } from "../../support/changedConfiguration";
import { configurationWith } from "./support";

const connection = {
  server: "vcenter.example.com",
  user: "administrator@vsphere.local",
  password: "of-the-administrator",
  insecure: false,
};

/** Docker's configuration file of the registry, in base64. */
function dockerConfiguration(credentials: object): string {
  return Buffer.from(
    JSON.stringify({ auths: { "other.example.com": {}, "r.example.com:5000": credentials } }),
  ).toString("base64");
}

const secrets = {
  clusterAccountPassword: "of-the-cluster",
  registryDockerCfg: dockerConfiguration({
    username: "license-token",
    password: "of-the-registry",
  }),
  bgpPassword: "of-the-routers",
  nsxtPassword: "of-nsx-t",
  proxyPassword: "of the-proxy",
  firstUserPasswordHash: "$2y$10$of-the-first-user",
};
const nothingFound = { templates: {}, storagePolicyIds: {} };
const [x1, x2] = ["k8s-region-x1", "k8s-region-x2"] as const;

function vsphereDocument(documents: RegionDocuments, region: string): unknown {
  const text = documents[region]?.["vsphere-cluster-configuration.yaml"];
  const [document] = parseAllDocuments(text ?? "");
  assert.ok(document && "toJS" in document);
  return document.toJS();
}

describe("the documents of the regions", () => {
  const example = parseConfiguration(exampleConfiguration);
  const documents = regionDocuments(example, connection, secrets, nothingFound);

  it("are made for each region that has a cluster, with the cluster's own account", () => {
    assert.deepEqual(Object.keys(documents), [x1, x2]);
    const document = vsphereDocument(documents, x1);
    assert.equal(valueAt(document, "region"), x1);
    assert.deepEqual(valueAt(document, "zones"), ["k8s-zone-x1-a", "k8s-zone-x1-b"]);
    assert.equal(valueAt(document, "regionTagCategory"), "k8s-region");
    assert.equal(valueAt(document, "zoneTagCategory"), "k8s-zone");
    assert.deepEqual(valueAt(document, "provider"), {
      server: "vcenter.example.com",
      username: "deckhouse@vsphere.local",
      password: "of-the-cluster",
    });
  });

  it("never hold the password of the account that prepares vCenter", () => {
    assert.ok(!JSON.stringify(documents).includes(connection.password));
  });

  it("trust what the program trusts", () => {
    for (const [own, key, expected] of [
      [{ certificateAuthority: certificate }, "caBundle", certificate],
      [{ insecure: true }, "insecure", true],
    ] as const) {
      const trusting = regionDocuments(example, { ...connection, ...own }, secrets, nothingFound);
      assert.equal(valueAt(vsphereDocument(trusting, x2), `provider.${key}`), expected);
    }
  });

  it("tell Deckhouse alone not to verify vCenter's certificate when they are asked to", () => {
    const asked = parseConfiguration(
      changed(exampleConfiguration, { deckhouse: { insecureVCenter: true } }),
    );
    const own = { ...connection, certificateAuthority: certificate };
    const document = vsphereDocument(regionDocuments(asked, own, secrets, nothingFound), x1);
    assert.equal(valueAt(document, "provider.insecure"), true);
    assert.equal(valueAt(document, "provider.caBundle"), undefined);
  });

  it("are none for a region without a cluster, and none at all without a password or an account", () => {
    const [first, second] = example.regions;
    assert.ok(first && second);
    const one = { ...example, regions: [{ ...first, cluster: undefined }, second] };
    assert.deepEqual(Object.keys(regionDocuments(one, connection, secrets, nothingFound)), [x2]);
    const silent = { ...secrets, clusterAccountPassword: undefined };
    assert.deepEqual(regionDocuments(example, connection, silent, nothingFound), {});
    const nobody = { ...example, clusterAccount: undefined };
    assert.deepEqual(regionDocuments(nobody, connection, secrets, nothingFound), {});
  });

  it("name the template and the storage policy that vCenter has for the region", () => {
    const found = {
      templates: { [x1]: "Templates/built" },
      storagePolicyIds: { [x1]: "the-id", [x2]: "" },
    };
    const raw = changed(exampleConfiguration, {
      "regions[0].clusterConfiguration.storagePolicy": { name: "gold" },
      "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.template": undefined,
      templateImage: { builtin: {} },
    });
    const own = regionDocuments(parseConfiguration(raw), connection, secrets, found);
    const document = vsphereDocument(own, x1);
    assert.equal(valueAt(document, "storagePolicyID"), "the-id");
    assert.equal(valueAt(document, "masterNodeGroup.instanceClass.template"), "Templates/built");
    assert.ok(!("storagePolicyID" in (vsphereDocument(own, x2) as object)));
  });
});

describe("placeholders", () => {
  const nsxt = {
    host: "nsx.example.com",
    user: "deckhouse",
    defaultIpPoolName: "pool",
    tier1GatewayPath: "/infra/tier-1s/one",
  };

  it("stand for each secret that is given, and for the account's password always", () => {
    assert.deepEqual(placeholderSecrets(secrets), {
      clusterAccountPassword: "<SECRET: clusterAccountPassword>",
      registryDockerCfg: "<SECRET: registryDockerCfg>",
      bgpPassword: "<SECRET: bgpPassword>",
      nsxtPassword: "<SECRET: nsxtPassword>",
      proxyPassword: "<SECRET: proxyPassword>",
      firstUserPasswordHash: "<SECRET: firstUserPasswordHash>",
    });
    assert.deepEqual(placeholderSecrets({ bgpPassword: "x", nsxtPassword: undefined }), {
      clusterAccountPassword: "<SECRET: clusterAccountPassword>",
      bgpPassword: "<SECRET: bgpPassword>",
    });
  });

  for (const version of ["1.74", "1.76", "1.77"]) {
    it(`are all that differs in the documents for a repository, with Deckhouse ${version}`, () => {
      const configuration = configurationWith({
        "cluster.nsxt": nsxt,
        "cluster.proxy": { httpProxy: "http://proxy.example.com", username: "squid" },
        "cluster.firstUser": { email: "admin@example.com" },
        "cluster.publicDomainTemplate": "%s.example.com",
        "deckhouse.version": version,
        "deckhouse.imagesRepo": "r.example.com:5000/d8",
      });
      // Before 1.75 the whole file is in the documents, and then its parts.
      const { registryDockerCfg, ...others } = secrets;
      const written: Readonly<Record<string, string>> = {
        ...others,
        // In an address.
        proxyPassword: "of%20the-proxy",
        ...(version === "1.74"
          ? { registryDockerCfg }
          : {
              "registryDockerCfg.username": "license-token",
              "registryDockerCfg.password": "of-the-registry",
            }),
      };
      const textWith = (make: typeof regionDocuments): string =>
        Object.values(make(configuration, connection, secrets, nothingFound)[x1] ?? {}).join("");
      const whole = textWith(regionDocuments);
      const open = textWith(documentsWithoutSecrets);
      for (const secret of Object.values(written)) {
        assert.ok(whole.includes(secret), secret);
        assert.ok(!open.includes(secret), secret);
      }
      assert.deepEqual(placeholdersIn(open).sort(), [
        ...Object.keys(written)
          .map((name) => `<SECRET: ${name}>`)
          .sort(),
      ]);
      const filled = Object.entries(written).reduce(
        (text, [name, secret]) => text.replaceAll(`<SECRET: ${name}>`, () => secret),
        open,
      );
      assert.equal(filled.replaceAll('"', ""), whole.replaceAll('"', ""));
    });
  }

  it("stand within the address of a proxy, where the password is percent-encoded", () => {
    const configuration = configurationWith({
      "cluster.proxy": {
        httpProxy: "http://proxy.example.com:3128",
        httpsProxy: "https://proxy.example.com",
        username: "EXAMPLE\\d8~$&",
      },
    });
    const password = "p@s:s/w%o$&r'd(!*)~ä";
    const proxyIn = (make: typeof regionDocuments): unknown => {
      const all = { ...secrets, proxyPassword: password };
      const { [x1]: made = {} } = make(configuration, connection, all, nothingFound);
      assert.ok(!Object.values(made).join("").includes(password));
      const [document] = parseAllDocuments(made["cluster-configuration.yaml"] ?? "");
      assert.ok(document && "toJS" in document);
      return valueAt(document.toJS(), "proxy");
    };
    const loginIn = (secret: string): object => ({
      httpProxy: `http://EXAMPLE%5Cd8%7E%24%26:${secret}@proxy.example.com:3128`,
      httpsProxy: `https://EXAMPLE%5Cd8%7E%24%26:${secret}@proxy.example.com`,
    });
    const encoded = "p%40s%3As%2Fw%25o%24%26r%27d%28%21%2A%29%7E%C3%A4";
    assert.deepEqual(proxyIn(regionDocuments), loginIn(encoded));
    assert.deepEqual(proxyIn(documentsWithoutSecrets), loginIn("<SECRET: proxyPassword>"));
    const text = JSON.stringify(loginIn("<SECRET: proxyPassword>"));
    assert.deepEqual(placeholdersIn(text), ["<SECRET: proxyPassword>"]);
    assert.equal(new URL(`http://u:${encoded}@h`).password, encoded);
    assert.equal(decodeURIComponent(encoded), password);
  });

  const registryOf = (changes: Changes, own: Partial<typeof secrets>): unknown => {
    const made = regionDocuments(
      configurationWith(changes),
      connection,
      { ...secrets, ...own },
      nothingFound,
    );
    const [module] = parseAllDocuments(made[x1]?.["module-configs.yaml"] ?? "");
    assert.ok(module && "toJS" in module);
    return valueAt(module.toJS(), "spec.settings.registry");
  };
  const r = { "deckhouse.imagesRepo": "r.example.com:5000/d8" };

  it("stand for a registry's address and login that nobody has given", () => {
    assert.deepEqual(registryOf({}, {}), {
      mode: "Unmanaged",
      unmanaged: {
        imagesRepo: "<PLACEHOLDER: deckhouse.imagesRepo>",
        username: "<SECRET: registryDockerCfg.username>",
        password: "<SECRET: registryDockerCfg.password>",
      },
    });
  });

  it("are not needed for a registry that asks for no login", () => {
    const registryDockerCfg = dockerConfiguration({});
    assert.deepEqual(
      registryOf({ ...r, "deckhouse.registryMode": "Direct" }, { registryDockerCfg }),
      {
        mode: "Direct",
        direct: { imagesRepo: "r.example.com:5000/d8" },
      },
    );
  });

  it("give way to a user and a password in one", () => {
    const auth = Buffer.from("me:with:colons").toString("base64");
    const registry = registryOf(r, { registryDockerCfg: dockerConfiguration({ auth }) });
    assert.deepEqual(valueAt(registry, "unmanaged.username"), "me");
    assert.deepEqual(valueAt(registry, "unmanaged.password"), "with:colons");
  });

  it("are found each once, in the order of the text", () => {
    const text = "a: <SECRET: bgpPassword>\nb: <PLACEHOLDER: a.b>\nc: <SECRET: bgpPassword>\n";
    assert.deepEqual(placeholdersIn(text), ["<SECRET: bgpPassword>", "<PLACEHOLDER: a.b>"]);
    for (const other of ["", "a: <b>\n", "SECRET: a", "<SECRET>", "<SECRET: >"]) {
      assert.deepEqual(placeholdersIn(other), []);
    }
  });
});
