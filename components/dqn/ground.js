// What a cell of the ground holds, as in core/dqn/world.py.
export const NOTHING = 0;
export const PARCEL = 1;
export const ZONE = 2;
export const STATION = 3;
export const TOWER = 4;
