// The copy of Zendesk's SDK on npm, as far as a test uses it.
declare module 'zendesk_app_framework_sdk' {
  interface Client {
    on(event: string, handler: () => void): void;
    get(path: string): Promise<unknown>;
    invoke(method: string, ...values: string[]): Promise<unknown>;
  }

  const sdk: { init(): Client };
  export default sdk;
}
