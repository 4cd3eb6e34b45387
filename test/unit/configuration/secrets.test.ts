import assert from "node:assert/strict";
import {
  loadConfiguration,
  type LoadedConfiguration,
  type StackSettings,
} from "../../../configuration/load";
import { usedDocumentSecrets } from "../../../configuration/secrets";
import { settings } from "../../../configuration/settings";
import { exampleConfiguration } from "../../support/writtenExample";
import { installed, stackOf } from "./clusterSupport";
import {
  base64,
  bcrypt,
  building,
  credentials,
  everything,
  exporting,
  faults,
  faultsIfAny,
  nothing,
  paths,
  settingsOf,
  stored,
  type SecretName,
} from "./settingsSupport";
import { existing } from "./support";

describe("the secrets of a stack", () => {
  const edges = {
    " geheim": "begins",
    "geheim ": "ends",
    "geheim\n": "ends",
    "geheim\r\n": "ends",
    "\u00a0geheim\t": "begins and ends",
  };
  for (const name of Object.keys(stored) as SecretName[]) {
    const { key, variable } = settings[name];
    /** All secrets, this one at the two places where it may be. */
    const given = (inConfiguration: string | undefined, inEnvironment?: string): StackSettings => {
      const stack = settingsOf(everything, { ...stored, [name]: inConfiguration });
      return inEnvironment === undefined ? stack : exporting(stack, { [name]: inEnvironment });
    };

    it(`may be in the environment, where the configuration has none: ${name}`, () => {
      const others = {
        registryDockerCfg: credentials("other"),
        firstUserPasswordHash: bcrypt("o"),
      };
      const exported = Object.hasOwn(others, name) ? others[name as keyof typeof others] : "other";
      // The environment of Packer has it already.
      const found = name === "templateImagePassword" ? undefined : exported;
      const valueOf = (stack: StackSettings) => valueIn(loadConfiguration(stack), name);
      assert.equal(valueOf(given(stored[name], exported)), stored[name]);
      assert.equal(valueOf(given(undefined, exported)), found);
      assert.equal(valueOf(given("", exported)), found);
    });

    it(`are encrypted: ${name}`, () => {
      const right = given(stored[name]);
      const encryptedKeys = new Set([...right.encryptedKeys].filter((other) => other !== key));
      assert.deepEqual(faults({ ...right, encryptedKeys }), [
        `${key}: found <hidden>: it is not encrypted, so it would stand in the state in the clear: run ` +
          `\`pulumi config set --secret ${key}\`, and change the password if the file was shared`,
      ]);
    });

    it(`have no blank and no line break at an end: ${name}`, () => {
      for (const [secret, where] of Object.entries(edges)) {
        const wrong = `found <hidden>: it ${where} with a blank or a line break, which is cut off in one place and not in another`;
        assert.deepEqual(faults(given(secret), ["geheim"]), [
          `${key}: ${wrong}: set it without (\`printf %s "$SECRET" | pulumi config set --secret ${key}\`), or choose a ` +
            "secret without",
        ]);
        assert.deepEqual(faults(given(undefined, secret), ["geheim"]), [
          `${variable}: ${wrong}: export it without (\`export ${variable}="$(cat file)"\` leaves line breaks out), or ` +
            "choose a secret without",
        ]);
      }
    });
  }

  const needed: Partial<Record<SecretName, string>> = {
    clusterAccountPassword:
      "the cluster configuration needs the password of deckhouse@vsphere.local",
    templateImagePassword: "building the template needs the password of packer@vsphere.local",
    nsxtPassword: "the cluster configuration needs the password of admin7 in NSX-T",
    proxyPassword: "the cluster configuration needs the password of squid7 at the proxy",
    firstUserPasswordHash: "admin7@example.com could not log in without the hash of a password",
  };
  for (const [name, wrong] of Object.entries(needed)) {
    it(`are asked for where they are needed, and said whose they are: ${name}`, () => {
      const { key, variable } = settings[name as SecretName];
      for (const value of [undefined, ""]) {
        assert.deepEqual(faults(settingsOf(everything, { ...stored, [name]: value })), [
          `${key}: found nothing: ${wrong}: run \`pulumi config set --secret ${key}\`, or export ${variable}`,
        ]);
      }
    });
  }

  it("are not asked for where nothing needs them", () => {
    const { registryDockerCfg: _registry, bgpPassword: _routers, ...needed } = stored;
    const { clusterAccountPassword } = stored;
    loadConfiguration(settingsOf(nothing));
    loadConfiguration(settingsOf(stackOf(installed, existing), { clusterAccountPassword }));
    // Neither of the registry nor of the routers.
    const { documentSecrets } = loadConfiguration(
      settingsOf(everything, {
        ...needed,
        bgpPassword: "",
        registryDockerCfg: "",
      }),
    );
    assert.deepEqual(
      [documentSecrets.bgpPassword, documentSecrets.registryDockerCfg],
      [undefined, undefined],
    );
  });

  it("may have anything at their ends where they go nowhere", () => {
    const unused = {
      templateImagePassword: "left over\n",
      bgpPassword: "left over\n",
      nsxtPassword: "left over\n",
      proxyPassword: "left over\n",
      firstUserPasswordHash: "left over\n",
    };
    const { clusterAccountPassword } = stored;
    const plainCluster = stackOf({ ...installed, ingress: undefined });
    loadConfiguration(exporting(settingsOf(plainCluster, { clusterAccountPassword }), unused));
    const all = { ...unused, clusterAccountPassword: "left over\n" };
    loadConfiguration(exporting(settingsOf(nothing), all));
  });

  const wrongCredentials: Readonly<Record<string, string>> = {
    "plain JSON": '{"auths":{"geheim.example.com":{}}}',
    "base64 of other text": base64("geheim-geheim"),
    "base64 of JSON without auths": base64('{"geheim":{}}'),
    "base64 of a list": base64('["geheim","auths"]'),
    "base64 of null": base64("null"),
    "base64 on several lines": stored.registryDockerCfg.replace(/.{20}/, "$&\n"),
  };
  for (const [title, registryDockerCfg] of Object.entries(wrongCredentials)) {
    it(`are no credentials of a registry as ${title}, wherever they come from`, () => {
      for (const wrong of [
        settingsOf(everything, { ...stored, registryDockerCfg }),
        exporting(settingsOf(everything, { ...stored, registryDockerCfg: undefined }), {
          registryDockerCfg,
        }),
      ]) {
        assert.deepEqual(faults(wrong, [registryDockerCfg, "geheim"]), [
          `${settings.registryDockerCfg.key}: found <hidden>: it is not the base64 text of a JSON object with auths, and ` +
            'no image could be fetched: encode {"auths": {"registry.example.com": {"username": ..., "password": ...}}} ' +
            "with base64 -w0",
        ]);
      }
    });
  }
});

describe("the secrets that documents hold", () => {
  const usedBy = (written: unknown, secrets: Partial<Record<SecretName, string>>): object => {
    const { configuration, documentSecrets } = loadConfiguration(settingsOf(written, secrets));
    return usedDocumentSecrets(configuration, documentSecrets);
  };
  const { password: _ofVCenter, templateImagePassword: _ofPacker, ...ofDocuments } = stored;

  it("are all of them where some document needs each", () => {
    assert.deepEqual(usedBy(everything, stored), ofDocuments);
  });

  it("are those of the installation alone for a cluster of which nothing else needs one", () => {
    const { clusterAccountPassword, registryDockerCfg } = stored;
    assert.deepEqual(usedBy(exampleConfiguration, stored), {
      clusterAccountPassword,
      registryDockerCfg,
    });
  });

  it("have no entry for one that was not given", () => {
    const { clusterAccountPassword } = stored;
    const used = usedBy(exampleConfiguration, { clusterAccountPassword });
    assert.deepEqual(Object.entries(used), [["clusterAccountPassword", clusterAccountPassword]]);
  });
});

describe("the credentials of the registry", () => {
  const { clusterAccountPassword } = stored;
  const withRegistry = (
    auths: object,
    deckhouse: object = { imagesRepo: "r.example.com:5000/d8/ee" },
  ): string[] =>
    faultsIfAny(
      settingsOf(stackOf({ ...installed, ingress: undefined }, { deckhouse }), {
        clusterAccountPassword,
        registryDockerCfg: base64(JSON.stringify({ auths })),
      }),
    );
  const { key } = settings.registryDockerCfg;
  const login = { username: "u", password: "geheim" };
  const encode =
    'encode {"auths": {"r.example.com:5000": {"username": ..., "password": ...}}} with base64 -w0';

  it("are for exactly the host of imagesRepo", () => {
    for (const [auths, hosts] of [
      [{}, "none"],
      [{ "r.example.com": login, "https://r.example.com:5000": login }, ""],
      [{ "r.example.com:5000/d8": login }, "r.example.com:5000/d8"],
    ] as const) {
      const named = hosts || "https://r.example.com:5000, r.example.com";
      assert.deepEqual(withRegistry(auths), [
        `${key}: found <hidden>: it has no credentials for exactly r.example.com:5000, the host of deckhouse.imagesRepo, ` +
          `but for ${named}, and Deckhouse would refuse it: ${encode}`,
      ]);
    }
    assert.deepEqual(withRegistry({ "r.example.com:5000": login, other: {} }), []);
    assert.deepEqual(withRegistry({ other: login }, {}), [], "nobody knows the host");
  });

  it("have a user and a password, from Deckhouse 1.75 on", () => {
    const token = { "r.example.com:5000": { identitytoken: "geheim", auth: base64("no-colon") } };
    assert.deepEqual(withRegistry(token), [
      `${key}: found <hidden>: the credentials for r.example.com:5000 have no username and password, which Deckhouse 1.77 ` +
        `needs: ${encode}; a license key is the password of the user license-token`,
    ]);
    const imagesRepo = "r.example.com:5000/d8/ee";
    assert.deepEqual(withRegistry(token, { imagesRepo, version: "1.74" }), []);
    assert.deepEqual(withRegistry({ "r.example.com:5000": {} }), [], "no login is needed");
    assert.deepEqual(withRegistry({ "r.example.com:5000": { auth: base64("u:geheim") } }), []);
  });
});

describe("the hash of the first user's password", () => {
  const { key, variable } = settings.firstUserPasswordHash;
  const make =
    'run `htpasswd -BinC 10 "" | cut -d: -f2`, type the password and Ctrl-D, and set what it prints';
  const withHash = (hash: string): string[] =>
    faultsIfAny(settingsOf(everything, { ...stored, firstUserPasswordHash: hash }));

  it("is a bcrypt hash, as it is or in base64", () => {
    for (const hash of ["2a", "2b", "2y"].map((kind) => bcrypt("x").replace("2y", kind))) {
      assert.deepEqual(withHash(hash), []);
      assert.deepEqual(withHash(base64(hash)), []);
    }
  });

  it("is not the password, which is not shown", () => {
    const wrong =
      "found <hidden>: it is not a bcrypt hash, and the first user could not log in: " +
      `${make}; if it is the password itself, choose another one, because it may have been seen`;
    const cut = bcrypt("x").slice(0, -1);
    for (const hash of ["geheim", "$1$geheim$", cut, `${cut}+`, `:${cut}x`, base64("geheim")]) {
      assert.deepEqual(withHash(hash), [`${key}: ${wrong}`]);
    }
    const exported = exporting(
      settingsOf(everything, { ...stored, firstUserPasswordHash: undefined }),
      { firstUserPasswordHash: "geheim" },
    );
    assert.deepEqual(faults(exported, ["geheim"]), [`${variable}: ${wrong}`]);
  });

  it("has a cost that those who log in are served with", () => {
    for (const cost of [10, 16]) assert.deepEqual(withHash(bcrypt("x", cost)), []);
    for (const cost of [9, 17]) {
      const wrong =
        `it is a bcrypt hash of the cost ${cost}, and those who log in are served with 10 to 16 only: ` +
        make;
      assert.deepEqual(withHash(bcrypt("x", cost)), [`${key}: found <hidden>: ${wrong}`]);
    }
  });
});

describe("the password of the account that builds", () => {
  const variable = "VSPHERE_PASSWORD";

  it("is that of the connection when no other account builds, left where the environment has it", () => {
    const { buildingPassword } = loadConfiguration(settingsOf(building));
    assert.deepEqual(buildingPassword, { value: stored.password, variable });
    const exported = exporting(settingsOf(building, { password: undefined }), {
      password: stored.password,
    });
    const left = { value: undefined, variable };
    assert.deepEqual(loadConfiguration(exported).buildingPassword, left);
  });

  it("is missed once where the connection has none", () => {
    const wrong = settingsOf(building, { password: undefined });
    assert.deepEqual(paths(faults(wrong)), ["vsphere:password"]);
  });

  for (const [title, character] of Object.entries({
    NUL: "\0",
    escape: "\u001B",
    "carriage return": "\r",
  })) {
    it(`has no ${title} in it, wherever it comes from`, () => {
      const value = `${stored.templateImagePassword}${character}x`;
      for (const [stack, name] of [
        [everything, "templateImagePassword"],
        [building, "password"],
      ] as const) {
        const all = stack === everything ? stored : {};
        const { key, variable: exported } = settings[name];
        for (const [given, named] of [
          [settingsOf(stack, { ...all, [name]: value }), key],
          [exporting(settingsOf(stack, { ...all, [name]: "" }), { [name]: value }), exported],
        ] as const) {
          assert.deepEqual(faults(given), [
            `${named}: found <hidden>: it has a control character or a carriage return in it, which cannot be sent to ` +
              "vCenter: set it again without; if it came out of a file, the file has more in it than the password",
          ]);
        }
      }
    });
  }

  it("may have any other character in it", () => {
    for (const value of ["{{x}}", "two\nlines\tx", "e\u0301 \u{1F512} ${x} %{y} ' \" \\"]) {
      loadConfiguration(settingsOf(everything, { ...stored, templateImagePassword: value }));
    }
    // Where nothing is built, also one that no variable could hold.
    loadConfiguration(settingsOf(nothing, { password: "a\u001Bb" }));
  });
});

/** What the program gets of a secret. */
function valueIn(loaded: LoadedConfiguration, name: SecretName): string | undefined {
  switch (name) {
    case "password":
      return loaded.connection.password;
    case "templateImagePassword":
      return loaded.buildingPassword.value;
    default:
      return loaded.documentSecrets[name];
  }
}
