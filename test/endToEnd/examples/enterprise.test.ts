import { describeExample } from "../../support/exampleLifecycle";

describeExample({
  name: "enterprise",
  resources: 29,
  warning: "Deckhouse does not verify vCenter's certificate",
});
