// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The zone's glTF models. A zone has thousands of nodes and few meshes: what is placed often becomes
// instances, in cells of the map, so that what is far away costs nothing; what is placed once is
// moved as it is. Doors stay on their own, for they open.
import {
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshLambertMaterial,
  MeshStandardMaterial,
  Vector3,
  type BufferGeometry,
  type Material,
  type Object3D,
} from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import type { Scene } from "./scene";

const kCellM = 128;
/** A door stands open by so much. */
const kDoorOpenRadians = -1.7;

interface Cell {
  group: Group;
  centre: Vector3;
}

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
  private readonly materials = new Map<string, MeshLambertMaterial>();

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
        this.sort(root, piles, folder + model.file);
      }),
    );
    for (const pile of piles.values()) this.place(pile);
  }

  /** Shows cells within `range` of the eye only. */
  update(eye: Vector3, range: number): void {
    for (const cell of this.cells.values()) {
      cell.group.visible = cell.centre.distanceTo(eye) < range + kCellM;
    }
    for (const door of this.doors.values()) {
      const wanted = door.closedTurn + (door.open ? kDoorOpenRadians : 0);
      door.object.rotation.y += (wanted - door.object.rotation.y) * 0.15;
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
    });
    for (const material of this.materials.values()) material.dispose();
  }

  private sort(root: Object3D, piles: Map<string, Pile>, file: string): void {
    const doors: Object3D[] = [];
    const visit = (object: Object3D): void => {
      const extras = object.userData as { door?: string };
      if (typeof extras.door === "string") {
        doors.push(object);
        return;
      }
      if (object instanceof Mesh) {
        const geometry = object.geometry as BufferGeometry;
        const material = this.plain(object.material as Material);
        const key = `${file} ${geometry.uuid} ${material.uuid}`;
        const pile = piles.get(key) ?? { geometry, material, at: [] };
        pile.at.push(object.matrixWorld.clone());
        piles.set(key, pile);
      }
      for (const child of object.children) visit(child);
    };
    visit(root);
    for (const object of doors) {
      const matrix = object.matrixWorld.clone();
      object.removeFromParent();
      matrix.decompose(object.position, object.quaternion, object.scale);
      object.traverse((part) => {
        if (part instanceof Mesh) part.material = this.plain(part.material as Material);
      });
      this.cell(object.position).group.add(object);
      const name = (object.userData as { door: string }).door;
      this.doors.set(name, { object, closedTurn: object.rotation.y, open: false });
    }
  }

  /** Our models have plain colours; Lambert's shading is all they need, and cheap. */
  private plain(material: Material): MeshLambertMaterial {
    if (!(material instanceof MeshStandardMaterial)) return material as MeshLambertMaterial;
    const key = `${material.name} ${material.color.getHexString()}`;
    let plain = this.materials.get(key);
    if (!plain) {
      plain = new MeshLambertMaterial({ color: material.color, name: material.name });
      if (material.name === "glow") plain.emissive = material.color.clone();
      if (material.name === "glass") plain.color.set("#9fc4d6");
      this.materials.set(key, plain);
    }
    return plain;
  }

  private cell(at: Vector3): Cell {
    const key = `${Math.floor(at.x / kCellM)},${Math.floor(at.z / kCellM)}`;
    let cell = this.cells.get(key);
    if (!cell) {
      const centre = new Vector3(
        (Math.floor(at.x / kCellM) + 0.5) * kCellM,
        at.y,
        (Math.floor(at.z / kCellM) + 0.5) * kCellM,
      );
      cell = { group: new Group(), centre };
      this.group.add(cell.group);
      this.cells.set(key, cell);
    }
    return cell;
  }

  private place(pile: Pile): void {
    const { geometry, material } = pile;
    geometry.computeBoundingSphere();
    if (pile.at.length === 1) {
      const mesh = new Mesh(geometry, material);
      mesh.applyMatrix4(pile.at[0]!);
      mesh.updateMatrixWorld(true);
      const large = geometry.boundingSphere!.radius > kCellM;
      if (large) this.group.add(mesh);
      else this.cell(mesh.position).group.add(mesh);
      return;
    }
    const byCell = new Map<Cell, Matrix4[]>();
    const at = new Vector3();
    for (const matrix of pile.at) {
      const cell = this.cell(at.setFromMatrixPosition(matrix));
      const list = byCell.get(cell);
      if (list) list.push(matrix);
      else byCell.set(cell, [matrix]);
    }
    for (const [cell, matrices] of byCell) {
      const mesh = new InstancedMesh(geometry, material, matrices.length);
      matrices.forEach((matrix, i) => mesh.setMatrixAt(i, matrix));
      mesh.computeBoundingSphere();
      cell.group.add(mesh);
    }
  }
}
