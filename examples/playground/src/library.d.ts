/** The library of models: texts by path, put in by `vite.config.ts`. */
declare module "virtual:library" {
  const files: Readonly<Record<string, string>>;
  export default files;
}
