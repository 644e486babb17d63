// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The zone's glTF models, in cells of the map, so that what is far away costs nothing. What has a
// plain colour is baked: one draw for everything in a cell, one more for what glows. What stands in
// the zone so often that this would need much memory becomes instances, as does what has a texture.
// Doors stay on their own, for they open.
import {
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshLambertMaterial,
  MeshStandardMaterial,
  Sphere,
  Vector3,
  type BufferGeometry,
  type Material,
  type Object3D,
} from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { bake, bySize, trianglesOf, type Piece } from "./baking";
import { paintedMaterial, type Daylight } from "./painted";
import type { Scene } from "./scene";

const kCellM = 32;
/** A door is half where it should be after a tenth of a second. */
const kDoorHalfS = 0.1;
/** A door stands open by so much. */
const kDoorOpenRadians = -1.7;
/** Of one part in the whole zone; 2 MB. */
const kBakedTrianglesMax = 30_000;
/** A body with a smaller diagonal is a detail. */
const kDetailM = 2.6;
/** Glowing things shine in the colour they have, and a little more. */
const kGlow = 1.5;

/** A square of the map, and what is to become of the things in it. */
interface Cell {
  group: Group;
  centre: Vector3;
  radius: number;
  large: Piece[];
  small: Piece[];
  glowing: Piece[];
  /** The small things, baked. */
  details: Mesh | null;
}

/** The same part in all its places. */
interface Pile {
  geometry: BufferGeometry;
  material: Material;
  at: Matrix4[];
}

interface Door {
  object: Object3D;
  closedTurn: number;
  open: boolean;
}

export class ModelsView {
  readonly group = new Group();
  private readonly cells = new Map<string, Cell>();
  private readonly doors = new Map<string, Door>();
  private readonly lit: Material;
  private readonly glow: Material;
  private readonly materials = new Map<string, MeshLambertMaterial>();

  constructor(daylight: Daylight) {
    this.lit = paintedMaterial(daylight);
    this.glow = paintedMaterial(daylight, { glows: true });
  }

  /** Fetches all models of the scene. */
  async load(folder: string, scene: Scene): Promise<void> {
    const loader = new GLTFLoader();
    const piles = new Map<string, Pile>();
    await Promise.all(
      scene.models.map(async (model) => {
        const gltf = await loader.loadAsync(folder + model.file);
        const root = gltf.scene;
        root.position.set(...model.at);
        root.rotation.y = -model.turn;
        root.scale.setScalar(model.scale);
        root.updateMatrixWorld(true);
        this.sort(root, piles);
      }),
    );
    for (const pile of piles.values()) this.place(pile);
    for (const cell of this.cells.values()) this.finish(cell);
  }

  /** Shows cells within `range` metres of the eye only, and small things within `details`. */
  update(eye: Vector3, range: number, details: number, dt: number): void {
    for (const cell of this.cells.values()) {
      const away = Math.hypot(cell.centre.x - eye.x, cell.centre.z - eye.z);
      cell.group.visible = away - cell.radius < range;
      if (cell.details) cell.details.visible = away - cell.radius < details;
    }
    for (const door of this.doors.values()) {
      const wanted = door.closedTurn + (door.open ? kDoorOpenRadians : 0);
      const off = door.object.rotation.y - wanted;
      door.object.rotation.y = wanted + off * 2 ** (-dt / kDoorHalfS);
    }
  }

  setDoor(name: string, open: boolean): void {
    const door = this.doors.get(name);
    if (door) door.open = open;
  }

  closeDoors(): void {
    for (const door of this.doors.values()) door.open = false;
  }

  dispose(): void {
    this.group.traverse((object) => {
      if (object instanceof Mesh) (object.geometry as BufferGeometry).dispose();
      if (object instanceof InstancedMesh) object.dispose();
    });
    for (const material of this.materials.values()) material.map?.dispose();
    for (const material of [this.lit, this.glow, ...this.materials.values()]) material.dispose();
  }

  private sort(root: Object3D, piles: Map<string, Pile>): void {
    const doors: Object3D[] = [];
    const visit = (object: Object3D): void => {
      const extras = object.userData as { door?: string };
      if (typeof extras.door === "string") {
        doors.push(object);
        return;
      }
      if (object instanceof Mesh) {
        const geometry = object.geometry as BufferGeometry;
        const material = object.material as Material;
        const key = `${geometry.uuid} ${material.uuid}`;
        const pile = piles.get(key) ?? { geometry, material, at: [] };
        pile.at.push(object.matrixWorld.clone());
        piles.set(key, pile);
      }
      for (const child of object.children) visit(child);
    };
    visit(root);
    for (const object of doors) this.addDoor(object);
  }

  private addDoor(object: Object3D): void {
    const matrix = object.matrixWorld.clone();
    object.removeFromParent();
    matrix.decompose(object.position, object.quaternion, object.scale);
    object.traverse((part) => {
      if (part instanceof Mesh) part.material = this.cheap(part.material as Material);
    });
    object.rotation.reorder("YXZ"); // so that y alone is the turn, whichever way the house stands
    this.cell(object.position).group.add(object);
    const name = (object.userData as { door: string }).door;
    this.doors.set(name, { object, closedTurn: object.rotation.y, open: false });
  }

  /** What is not painted, for it has a texture: shaded by Lambert's rule all the same. */
  private cheap(material: Material): Material {
    if (!(material instanceof MeshStandardMaterial)) return material;
    let cheap = this.materials.get(material.uuid);
    if (!cheap) {
      const { name, color, map, transparent, opacity, alphaTest, side, vertexColors } = material;
      cheap = new MeshLambertMaterial({
        name, color, map, transparent, opacity, alphaTest, side, vertexColors,
      });
      this.materials.set(material.uuid, cheap);
    }
    return cheap;
  }

  private cell(at: Vector3): Cell {
    const [column, row] = [Math.floor(at.x / kCellM), Math.floor(at.z / kCellM)];
    const key = `${column},${row}`;
    let cell = this.cells.get(key);
    if (!cell) {
      const centre = new Vector3((column + 0.5) * kCellM, at.y, (row + 0.5) * kCellM);
      const radius = kCellM / Math.SQRT2;
      cell = { group: new Group(), centre, radius, large: [], small: [], glowing: [], details: null };
      this.group.add(cell.group);
      this.cells.set(key, cell);
    }
    return cell;
  }

  private place(pile: Pile): void {
    const { geometry, material, at } = pile;
    geometry.computeBoundingSphere();
    const plain =
      material instanceof MeshStandardMaterial && !material.map && !material.transparent;
    if (!plain || trianglesOf(geometry) * at.length > kBakedTrianglesMax) {
      return this.placeInstances(pile);
    }
    const colour = material.color.clone();
    const glows = material.name === "glow";
    if (glows) colour.multiplyScalar(kGlow);
    if (material.name === "glass") colour.set("#9fc4d6");
    const { small, large } = bySize(geometry, kDetailM);
    for (const matrix of at) {
      const cell = this.cellOf(geometry, matrix);
      if (large) (glows ? cell.glowing : cell.large).push({ part: large, colour, at: matrix });
      if (small) (glows ? cell.glowing : cell.small).push({ part: small, colour, at: matrix });
    }
  }

  private placeInstances({ geometry, material, at }: Pile): void {
    const byCell = new Map<Cell, Matrix4[]>();
    for (const matrix of at) {
      const cell = this.cellOf(geometry, matrix);
      const list = byCell.get(cell);
      if (list) list.push(matrix);
      else byCell.set(cell, [matrix]);
    }
    for (const [cell, matrices] of byCell) {
      const mesh = new InstancedMesh(geometry, this.cheap(material), matrices.length);
      matrices.forEach((matrix, i) => mesh.setMatrixAt(i, matrix));
      mesh.computeBoundingSphere();
      cell.group.add(mesh);
    }
  }

  /** The cell of its middle, which knows how far things reach out of it. */
  private cellOf(geometry: BufferGeometry, matrix: Matrix4): Cell {
    const { center, radius } = new Sphere().copy(geometry.boundingSphere!).applyMatrix4(matrix);
    const cell = this.cell(center);
    const out = Math.hypot(center.x - cell.centre.x, center.z - cell.centre.z);
    cell.radius = Math.max(cell.radius, out + radius);
    return cell;
  }

  private finish(cell: Cell): void {
    const { large, small, glowing } = cell;
    if (large.length > 0) cell.group.add(new Mesh(bake(large), this.lit));
    if (glowing.length > 0) cell.group.add(new Mesh(bake(glowing), this.glow));
    if (small.length > 0) cell.details = new Mesh(bake(small), this.lit);
    if (cell.details) cell.group.add(cell.details);
    cell.large = cell.small = cell.glowing = [];
  }
}
