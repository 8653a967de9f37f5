import sevens from "sevens/vite";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [sevens()], base: "./" });
