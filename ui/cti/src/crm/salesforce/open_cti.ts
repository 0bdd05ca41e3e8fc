// What the widget uses of Salesforce's script.

export interface Result {
  success: boolean;
  returnValue: unknown;
  errors: { code: string; description: string }[] | null;
}

type Method<P = unknown> = (parameters: P & { callback?: (result: Result) => void }) => void;

export interface OpenCti {
  onClickToDial(parameters: { listener: (click: unknown) => void }): void;
  notifyInitializationComplete: Method;
  enableClickToDial: Method;
  disableClickToDial: Method;
  setSoftphoneItemLabel: Method<{ label: string }>;
  setSoftphonePanelVisibility: Method<{ visible: boolean }>;
  runApex: Method<{ apexClass: string; methodName: string; methodParams: string }>;
}
