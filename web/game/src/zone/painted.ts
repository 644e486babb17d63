// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How our world is shaded: faces are flat and have plain colours, so the light is worked out for each
// vertex, and a pixel costs next to nothing, which counts where no graphics processor helps. The light
// is that of a half sky above, ground below, and one sun (Lambert); haze grows with the distance.
import { Color, ShaderMaterial, Vector3 } from "three";

/** The light that all painted materials of a scene share. Change the values, keep the objects. */
export class Daylight {
  readonly uniforms = {
    sunWay: { value: new Vector3(0, 1, 0) }, // towards the sun
    sunLight: { value: new Color() },
    skyLight: { value: new Color() },
    groundLight: { value: new Color() },
    haze: { value: new Color() }, // as shown: sRGB
    hazeFrom: { value: 1e6 }, // m
    hazeWidth: { value: 1 }, // m, until nothing else is seen
  };

  /** Intensities as three's lights have them. */
  set(way: Vector3, sun: Color, sunIntensity: number, sky: Color, ground: Color, ambient: number): void {
    const { sunWay, sunLight, skyLight, groundLight } = this.uniforms;
    sunWay.value.copy(way).normalize();
    sunLight.value.copy(sun).multiplyScalar(sunIntensity / Math.PI);
    skyLight.value.copy(sky).multiplyScalar(ambient / Math.PI);
    groundLight.value.copy(ground).multiplyScalar(ambient / Math.PI);
  }

  setHaze(colour: Color, from: number, to: number): void {
    this.uniforms.haze.value.copy(colour).convertLinearToSRGB();
    this.uniforms.hazeFrom.value = from;
    this.uniforms.hazeWidth.value = to - from;
  }
}

/** For vertex shaders: paint() sets everything that the fragments need, and gl_Position. */
export const kPaint = `
  uniform vec3 sunWay, sunLight, skyLight, groundLight;
  uniform float hazeFrom, hazeWidth;
  varying vec3 shade;
  varying float hazed;

  vec3 shown(vec3 linear) { return max(1.055 * pow(linear, vec3(0.41666)) - 0.055, 0.0); }

  void paint_lit(vec3 light_in_colour, vec4 seen) {
    shade = shown(light_in_colour);
    hazed = (length(seen.xyz) - hazeFrom) / hazeWidth;
    gl_Position = projectionMatrix * seen;
  }
  // Place and normal in the world.
  void paint(vec3 colour, vec3 at, vec3 normal) {
    vec3 light = mix(groundLight, skyLight, 0.5 + 0.5 * normal.y);
    light += sunLight * max(dot(normal, sunWay), 0.0);
    paint_lit(colour * light, viewMatrix * vec4(at, 1.0));
  }
`;

export const kPaintedFragment = `
  uniform vec3 haze;
  uniform float opacity;
  varying vec3 shade;
  varying float hazed;
  void main() { gl_FragColor = vec4(mix(shade, haze, clamp(hazed, 0.0, 1.0)), opacity); }
`;

export interface PaintOptions {
  glows?: boolean; // its colour whatever the light
  opacity?: number;
}

/** For geometry with colours in its vertices, in one place or as instances. */
export function paintedMaterial(daylight: Daylight, options: PaintOptions = {}): ShaderMaterial {
  const opacity = options.opacity ?? 1;
  return new ShaderMaterial({
    uniforms: { ...daylight.uniforms, opacity: { value: opacity } },
    vertexColors: true,
    transparent: opacity < 1,
    defines: options.glows ? { GLOWS: "" } : {},
    vertexShader: `${kPaint}
      void main() {
        mat4 to_world = modelMatrix;
        #ifdef USE_INSTANCING
          to_world = to_world * instanceMatrix;
        #endif
        vec4 at = to_world * vec4(position, 1.0);
        #ifdef GLOWS
          paint_lit(color.rgb, viewMatrix * at);
        #else
          paint(color.rgb, at.xyz, normalize(mat3(to_world) * normal));
        #endif
      }`,
    fragmentShader: kPaintedFragment,
  });
}
