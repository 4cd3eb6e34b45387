import { interruptAtTenMoments } from "../support/interruptedBuilds";

interruptAtTenMoments("SIGINT", () => Promise.resolve());
