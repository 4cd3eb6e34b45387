import { describeExample } from "../../support/exampleLifecycle";

describeExample({ name: "enterprise", resources: 31 });
